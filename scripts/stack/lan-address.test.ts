import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { lanAddress } from "./lan-address.ts";

const at = (address: string, internal = false): NetworkInterfaceInfo[] => [
  { address, netmask: "", family: "IPv4", mac: "", internal, cidr: null },
];

test.each([
  ["the wireless network, not loopback", { lo: at("127.0.0.1", true), wlan0: at("192.168.1.7") }, "192.168.1.7"],
  ["not a container bridge", { docker0: at("172.17.0.1"), en0: at("10.0.0.4") }, "10.0.0.4"],
  ["a private address over a public one", { eth0: at("8.8.4.4"), eth1: at("172.20.1.2") }, "172.20.1.2"],
  ["a bridge, if there is nothing else", { docker0: at("172.17.0.1") }, "172.17.0.1"],
])("the address for a phone: %s", (_, interfaces, expected) => {
  expect(lanAddress(interfaces)).toBe(expected);
});

test("without a network the error says so", () => {
  expect(() => lanAddress({ lo: at("127.0.0.1", true), eth0: at("169.254.1.1") })).toThrow("no network");
});
