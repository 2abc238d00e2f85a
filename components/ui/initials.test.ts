import { describe, expect, it } from "vitest";
import { AVATAR_GROUNDS, groundOf, initialsOf } from "./initials.ts";

describe("initials", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["Ada King Lovelace", "AL"],
    ["  ", "?"],
    ["李 雷", "李雷"],
    ["👩‍🚀 Mae", "👩‍🚀M"],
    ["e\u0301mile zola", "E\u0301Z"],
  ])("[S1] %j is shown as %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it("[S1] a name has the same ground everywhere, one of those the theme has", () => {
    for (const name of ["Ada", "Grace Hopper", "李 雷", ""]) {
      expect(groundOf(name)).toBe(groundOf(name));
      expect(groundOf(name)).toBeGreaterThanOrEqual(1);
      expect(groundOf(name)).toBeLessThanOrEqual(AVATAR_GROUNDS);
    }
  });
});
