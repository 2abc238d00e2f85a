import { expect, test } from "vitest";
import { LIVEKIT } from "../../infra/versions.ts";
import { livekitConfig, type LiveKitPlan } from "./livekit-config.ts";

const plan: LiveKitPlan = {
  version: LIVEKIT.release,
  region: "local",
  signalPort: 1,
  tcpPort: 2,
  udpPort: 3,
  nodeIp: "127.0.0.1",
  apiKey: "key",
  apiSecret: "secret",
  webhookUrl: "http://localhost:3000/api/livekit/webhook",
};
const parsed = (changes: Partial<LiveKitPlan> = {}): unknown => JSON.parse(livekitConfig({ ...plan, ...changes }));

test("only the app creates rooms, and no one can be unmuted remotely", () => {
  expect(parsed()).toMatchObject({
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20, enable_remote_unmute: false },
  });
});

test("on loopback nothing listens to the network", () => {
  expect(parsed()).toMatchObject({
    bind_addresses: ["127.0.0.1"],
    rtc: { node_ip: "127.0.0.1", ips: { includes: ["127.0.0.1/32"] }, enable_loopback_candidate: true },
  });
});

test("on the LAN, media goes to the LAN address and signalling stays behind the TLS proxy", () => {
  expect(parsed({ nodeIp: "192.168.1.7" })).toMatchObject({
    bind_addresses: ["127.0.0.1"],
    rtc: { node_ip: "192.168.1.7", ips: { includes: ["192.168.1.7/32"] }, enable_loopback_candidate: false },
  });
});

test("behind a media proxy, LiveKit announces the proxy's address and does not look for a path around it", () => {
  expect(parsed({ nodeIp: "127.0.0.2", behindIp: "127.0.0.1" })).toMatchObject({
    rtc: {
      node_ip: "127.0.0.2",
      ips: { includes: ["127.0.0.1/32"] },
      enable_loopback_candidate: true,
      use_ice_lite: true,
    },
  });
  expect(parsed()).toMatchObject({ rtc: { use_ice_lite: false } });
});

test("nodes of one site share a Redis, and a single node has none", () => {
  expect(parsed({ redis: "127.0.0.1:4" })).toMatchObject({ redis: { address: "127.0.0.1:4" } });
  expect(parsed()).not.toHaveProperty("redis");
});

test("webhooks are signed with the app's key", () => {
  expect(parsed()).toMatchObject({ keys: { key: "secret" }, webhook: { api_key: "key", urls: [plan.webhookUrl] } });
});

test("[D38] a LiveKit that is too old for the message limit is configured without it", () => {
  expect(parsed()).toHaveProperty("limit.signal_message_size_limit", 2_097_152);
  expect(parsed({ version: LIVEKIT.buildable })).not.toHaveProperty("limit.signal_message_size_limit");
});
