import { expect, test } from "vitest";
import { linkify } from "./linkify.ts";

const links = (message: string) => linkify(message).flatMap((part) => (part.kind === "link" ? [part.text] : []));

test.each([
  ["see https://veet.example/a?b=c#d now", ["https://veet.example/a?b=c#d"]],
  ["HTTP://VEET.EXAMPLE", ["HTTP://VEET.EXAMPLE"]],
  ["two: http://a.example, https://b.example.", ["http://a.example", "https://b.example"]],
  ["(https://a.example/x_(y)) and (https://b.example)", ["https://a.example/x_(y)", "https://b.example"]],
  ["javascript:alert(1) data:text/html,x ftp://a.example", []],
  ["vbscript:https", []],
  ["https://", []],
  ["www.example.com is no link", []],
  ['<a href="https://a.example">', ["https://a.example"]],
])("[I1] only http and https addresses become links: %s", (message, expected) => {
  expect(links(message)).toEqual(expected);
});

test.each([
  "",
  "plain",
  "a https://a.example b",
  "https://a.example",
  "x (https://a.example)…",
  "ends. https://a.example?!",
])("[I1] the parts joined again are the message: %s", (message) => {
  expect(
    linkify(message)
      .map((part) => part.text)
      .join(""),
  ).toBe(message);
});
