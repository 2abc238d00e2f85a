import { describe, expect, it } from "vitest";
import { asksLeftText, countdown, deniedAdvice, queuePositionText, durationText } from "./waiting-text.ts";

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
  ])("[S7] place %d reads %s", (place, words) => expect(queuePositionText(place)).toBe(words));

  it.each([
    [2, "2 more times"],
    [1, "once more"],
    [0, "no more"],
  ])("[S8] %d asks left read %s", (left, words) => expect(asksLeftText(left)).toBe(words));

  it.each([
    [1, "1 second"],
    [42, "42 seconds"],
    [90, "2 minutes"],
    [3600, "60 minutes"],
  ])("[S9] %d seconds read %s", (seconds, words) => expect(durationText(seconds)).toBe(words));

  it.each([
    [2, false, "You can ask 2 more times."],
    [0, false, "You can’t ask again in this meeting"],
    [1, true, "You can ask once more after a pause."],
    [0, true, "No more requests from your network are accepted"],
  ])(
    "[S8] with %d asks left, counted for the network: %s, a denied guest reads what to do",
    (left, isForNetwork, words) => expect(deniedAdvice(left, isForNetwork)).toContain(words),
  );
});
