import { expect, test } from "vitest";
import { formatsOf, regionalTag } from "./formats.ts";

const AT_MS = Date.UTC(2027, 1, 20, 14, 44);

test.each([
  ["en", ["en-GB", "en"], "en-GB"],
  ["es", ["en-US", "es-MX"], "es-MX"],
  ["es", ["en-US"], "es"],
  ["es", ["est-EE"], "es"],
  ["es", [], "es"],
])("[I50] a page in %s in a browser that wants %j writes dates as in %s", (language, wanted, tag) => {
  expect(regionalTag(language, wanted)).toBe(tag);
});

test.each([
  ["en-GB", "20 February 2027", "14:44", "Ada and Bo"],
  ["en-US", "February 20, 2027", "2:44 PM", "Ada and Bo"],
  ["es-MX", "20 de febrero de 2027", "2:44 p.m.", "Ada y Bo"],
  ["de", "20. Februar 2027", "14:44", "Ada und Bo"],
])("[I50] %s writes dates, times and lists its own way", (tag, date, time, list) => {
  const formats = formatsOf(tag, "UTC");
  expect(formats.date(AT_MS)).toBe(date);
  expect(formats.time(AT_MS).replaceAll(/\s/g, " ")).toBe(time);
  expect(formats.list(["Ada", "Bo"])).toBe(list);
});
