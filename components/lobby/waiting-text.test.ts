import { describe, expect, it } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { countdown, deniedAdvice } from "./waiting-text.ts";

const t = textsIn("en");

describe("what a waiting guest reads", () => {
  it.each([
    [581_000, "9:41"],
    [580_001, "9:41"],
    [59_000, "0:59"],
    [1, "0:01"],
    [0, "0:00"],
    [-5_000, "0:00"],
  ])("[S7] %d ms left reads %s", (ms, words) => expect(countdown(ms)).toBe(words));

  it.each([
    [1, "You’re next"],
    [2, "You’re second in line"],
    [11, "You’re 11th in line"],
    [21, "You’re 21st in line"],
    [33, "You’re 33rd in line"],
  ])("[S7] place %d reads %s", (place, words) => expect(t("waiting.position", { place })).toBe(words));

  it.each([
    [2, false, "You can ask 2 more times."],
    [0, false, "You can’t ask again in this meeting"],
    [1, true, "You can ask once more after a pause."],
    [0, true, "No more requests from your network are accepted"],
  ])(
    "[S8] with %d asks left, counted for the network: %s, a denied guest reads what to do",
    (left, isForNetwork, words) => expect(t(deniedAdvice(left, isForNetwork), { count: left })).toContain(words),
  );
});
