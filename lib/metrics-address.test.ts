import { expect, test } from "vitest";
import { metricsAddresses, parseMetricsListen } from "./metrics-address.ts";

test.each([
  ["127.0.0.1:6790", { host: "127.0.0.1", port: 6790 }],
  ["10.10.3.4:6790", { host: "10.10.3.4", port: 6790 }],
  ["192.168.1.2:1", { host: "192.168.1.2", port: 1 }],
  ["[::1]:6790", { host: "::1", port: 6790 }],
  ["[fd00::7]:6790", { host: "fd00::7", port: 6790 }],
  ["private:6790", { host: "private", port: 6790 }],
  ["0.0.0.0:6790", undefined],
  ["[::]:6790", undefined],
  ["203.0.113.7:6790", undefined],
  ["172.32.0.1:6790", undefined],
  ["169.254.169.254:6790", undefined],
  ["[2001:db8::1]:6790", undefined],
  ["localhost:6790", undefined],
  ["127.0.0.1:0", undefined],
  ["127.0.0.1:65536", undefined],
  ["127.0.0.1", undefined],
  ["", undefined],
])("[O40] %s as the address for metrics: %o", (text, expected) => {
  expect(parseMetricsListen(text)).toEqual(expected);
});

test("[O40] `private` is every private IPv4 address of the machine, and none that is public", () => {
  const interfaces = {
    lo: [{ address: "127.0.0.1", family: "IPv4", internal: true } as const],
    eth0: [
      { address: "203.0.113.7", family: "IPv4", internal: false } as const,
      { address: "10.10.0.5", family: "IPv4", internal: false } as const,
      { address: "fe80::1", family: "IPv6", internal: false } as const,
    ],
    eth1: [{ address: "172.18.0.3", family: "IPv4", internal: false } as const],
  };
  const addresses = (host: string, of: Parameters<typeof metricsAddresses>[1]) =>
    metricsAddresses({ host, port: 1 }, of);
  expect(addresses("private", interfaces)).toEqual(["10.10.0.5", "172.18.0.3"]);
  expect(addresses("127.0.0.1", interfaces)).toEqual(["127.0.0.1"]);
  expect(() => addresses("private", { lo: interfaces.lo })).toThrow("no private IPv4 address");
});
