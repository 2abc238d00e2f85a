import { expect, test } from "vitest";
import { readSeatAttributes } from "./seat-attributes.ts";

const LEAST = { role: "participant", kind: "guest", person: "", hand: "", joinedAtMs: "0", home: "" };

test.each([
  ["none, before the server has sent them", {}, {}],
  ["all", { role: "host", kind: "account", person: "x", hand: "12", joinedAtMs: "34", home: "5:eu-a" }, {}],
  ["a lowered hand", { role: "cohost", hand: "" }, {}],
  ["an unknown role", { role: "owner" }, { role: "participant" }],
  ["an unknown kind", { kind: "robot" }, { kind: "guest" }],
  ["an account as it was called before 0.2", { kind: "person" }, { kind: "account" }],
  ["a hand that is no time", { hand: "1e3" }, { hand: "" }],
  ["a time that is none", { joinedAtMs: "" }, { joinedAtMs: "0" }],
  ["a home that is none", { home: "a:1" }, { home: "" }],
])("[N153] reads a participant's attributes: %s", (_, attributes, read) => {
  expect(readSeatAttributes(attributes)).toEqual({ ...LEAST, ...attributes, ...read });
});
