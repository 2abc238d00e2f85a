import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { expect, test } from "vitest";
import { isRouterState } from "./router-state.ts";

const nextReads = (header: string): boolean => {
  try {
    return parseAndValidateFlightRouterState(header) !== undefined;
  } catch {
    return false;
  }
};
const page = [
  "",
  { children: ["meet", { children: [["code", "abc-defg-hij", "d", null], { children: ["__PAGE__", {}] }] }] },
];

test.each([
  page,
  [...page, null, "refetch"],
  [...page, ["/meet/abc-defg-hij", ""], "metadata-only", 4, "x"],
  ["", { children: [["all", "a/b", "oc", ["x"]], {}] }],
  ["", { children: [["photo", "1", "di(..)(..)", null], {}] }],
])("[H25] a state that Next can read is passed on: %j", (...state) => {
  const header = encodeURIComponent(JSON.stringify(state.length === 1 ? state[0] : state));
  expect([isRouterState(header), nextReads(header)]).toEqual([true, true]);
});

test.each([
  "",
  "%ff",
  "x",
  "{}",
  "[]",
  "null",
  "[1,{}]",
  '["",null]',
  '["",{"children":1}]',
  '["",{"children":[["a","b","x",null],{}]}]',
  '["",{"children":[["a","b","d"],{}]}]',
  '["",{},1]',
  '["",{},null,"x"]',
  '["",{},null,null,"x"]',
  '["",{},null,null,1,2]',
  '["",{},null,null,1,"x",1]',
  `["${"x".repeat(40_000)}",{}]`,
  `${"[".repeat(500)}${"]".repeat(500)}`,
])("[H25] a state to which Next answers 500 is dropped: %j", (header) => {
  expect([isRouterState(header), nextReads(header)]).toEqual([false, false]);
});
