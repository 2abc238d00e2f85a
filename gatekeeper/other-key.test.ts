import { AccessToken } from "livekit-server-sdk";
import { afterEach, expect, test, vi } from "vitest";
import { newSessionId } from "#lib/ids.ts";
import { WATCHING, meetingGrant } from "#lib/tokens/grants.ts";
import { openDoor, portOf } from "../tests/support/gatekeeper.ts";
import { keysOf, readGatekeeperEnv } from "./env.ts";

const pair = (apiKey: string) => ({ apiKey, apiSecret: apiKey.padEnd(40, "x") });
const [OLD, NEW, STRANGE] = [pair("old"), pair("new"), pair("strange")];

afterEach(() => vi.restoreAllMocks());

async function statusFor(key: typeof OLD): Promise<number> {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const token = new AccessToken(key.apiKey, key.apiSecret, { identity: "ada", ttl: 60 });
  token.addGrant(meetingGrant(`${newSessionId()}.a`, WATCHING));
  const door = await openDoor({ target: "http://127.0.0.1:9", key: NEW, otherKeys: [OLD] });
  const answer = await fetch(`http://127.0.0.1:${portOf(door)}/rtc/validate?access_token=${await token.toJwt()}`);
  door.closeAllConnections();
  door.close();
  return answer.status;
}

test("[K8] while a key is replaced tokens signed with either are accepted, and with no other", async () => {
  // 403 comes from the next check: whether the bearer has a seat.
  expect(await Promise.all([OLD, NEW, STRANGE].map(statusFor))).toEqual([403, 403, 401]);
});

test("[K8] an empty other key counts as none", () => {
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
