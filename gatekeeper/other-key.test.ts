import type { AddressInfo } from "node:net";
import { AccessToken } from "livekit-server-sdk";
import { afterEach, expect, test, vi } from "vitest";
import { createDoor } from "./door.ts";
import { keysOf, readGatekeeperEnv } from "./env.ts";
import { Memory } from "./memory.ts";

const pair = (apiKey: string) => ({ apiKey, apiSecret: apiKey.padEnd(40, "x") });
const [OLD, NEW, STRANGE] = [pair("old"), pair("new"), pair("strange")];

afterEach(() => vi.restoreAllMocks());

async function statusFor(key: typeof OLD): Promise<number> {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const token = new AccessToken(key.apiKey, key.apiSecret, { identity: "ada", ttl: 60 });
  token.addGrant({ roomJoin: true, room: "s_1.a" });
  const mayConnect = () => Promise.resolve(false);
  const door = createDoor({
    target: "http://127.0.0.1:9",
    key: NEW,
    otherKeys: [OLD],
    memory: new Memory(),
    mayConnect,
    clock: Date.now,
  });
  await new Promise<void>((resolve) => void door.listen(0, "127.0.0.1", resolve));
  const { port } = door.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/rtc/validate?access_token=${await token.toJwt()}`);
  door.close();
  return answer.status;
}

test("[K8] while a key is replaced tokens of either are read, and of no other", async () => {
  // 403 comes from the question that follows: whether the bearer holds a seat.
  expect(await Promise.all([OLD, NEW, STRANGE].map(statusFor))).toEqual([403, 403, 401]);
});

test("[K8] an empty other key is none", () => {
  const own = {
    GATEKEEPER_PORT: "1",
    GATEKEEPER_TARGET: "http://127.0.0.1:1",
    GATEKEEPER_SITE: "use1a",
    LIVEKIT_API_KEY: NEW.apiKey,
    LIVEKIT_API_SECRET: NEW.apiSecret,
    LIVEKIT_OTHER_API_KEY: "",
    LIVEKIT_OTHER_API_SECRET: "",
    UPSTASH_REDIS_REST_URL: "http://127.0.0.1:1",
    UPSTASH_REDIS_REST_TOKEN: "t",
  };
  expect(keysOf(readGatekeeperEnv(own))).toEqual([NEW]);
  const rotating = { ...own, LIVEKIT_OTHER_API_KEY: OLD.apiKey, LIVEKIT_OTHER_API_SECRET: OLD.apiSecret };
  expect(keysOf(readGatekeeperEnv(rotating))).toEqual([NEW, OLD]);
});
