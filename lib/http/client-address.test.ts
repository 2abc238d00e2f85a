import { expect, test } from "vitest";
import { addressKeyOf } from "./client-address.ts";

const keyOf = (forwarded?: string) =>
  addressKeyOf(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }));

test.each([
  ["what the browser claims in front of it", "1.2.3.4, 198.51.100.7", "198.51.100.7"],
  ["a port", "198.51.100.7:5031", "198.51.100.7"],
  ["IPv4 written as IPv6", "::ffff:198.51.100.7", "198.51.100.7"],
  ["the end of an IPv6 address", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::1"],
  ["how zeros are written", "2001:0db8:0001:0002::5", "2001:db8:1:2::1"],
  ["brackets and a port", "[2001:db8:1:2::5]:443", "2001:db8:1:2::1"],
  ["capitals", "2001:DB8:1:2::5", "2001:db8:1:2::1"],
])("[H9] %s does not change the caller's key", (_, one, other) => {
  expect(keyOf(one)).toBe(keyOf(other));
});

test("[H9] neighbours have different keys", () => {
  const addresses = ["198.51.100.7", "198.51.100.8", "2001:db8:1:2::1", "2001:db8:1:3::1", "::1", undefined];
  expect(new Set(addresses.map(keyOf)).size).toBe(addresses.length);
});

test("[H9] without an address all callers share one key", () => {
  expect(keyOf()).toBe(keyOf(""));
  expect(keyOf()).toBe(keyOf("1.2.3.4, "));
});

test("[H9] the key does not reveal the address", () => {
  expect(keyOf("198.51.100.7")).toMatch(/^[\w-]{27}$/);
});
