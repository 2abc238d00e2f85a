import { expect, test } from "vitest";
import {
  newBanId,
  newDeviceId,
  newIdentity,
  newLobbyIdentity,
  newRoomCode,
  newSessionId,
  newTicketId,
  RoomCode,
} from "./ids.ts";

test("[H16] a code is ten letters, none of which looks like another", () => {
  for (let i = 0; i < 2_000; i += 1) expect(newRoomCode()).toMatch(/^[a-km-z]{3}-[a-km-z]{4}-[a-km-z]{3}$/);
});

test("[H16] all letters are equally likely", () => {
  const counts = new Map<string, number>();
  const codes = 8_000;
  for (let i = 0; i < codes; i += 1)
    for (const letter of newRoomCode().replaceAll("-", "")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const expected = (codes * 10) / 25;
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts.size).toBe(25);
  // 24 degrees of freedom: above 80 once in 10^7 runs; a biased draw is in the thousands.
  expect(chiSquared).toBeLessThan(80);
});

test.each([
  ["session", newSessionId, /^[0-9a-z]{20}$/],
  ["identity", newIdentity, /^p_[0-9a-z]{20}$/],
  ["lobby identity", newLobbyIdentity, /^w_[0-9a-z]{20}$/],
  ["ticket", newTicketId, /^t_[0-9a-z]{20}$/],
  ["ban", newBanId, /^b_[0-9a-z]{20}$/],
  ["device", newDeviceId, /^d_[0-9a-z]{20}$/],
])("[H16] a %s id is 20 random characters and never repeats", (_, make, form) => {
  const ids = Array.from({ length: 1_000 }, (): string => make());
  for (const id of ids) expect(id).toMatch(form);
  expect(new Set(ids).size).toBe(1_000);
});

test.each([
  "ABC-defg-hij",
  "abc-defg-hij ",
  "abc-defg-hij\n",
  "abc_defg_hij",
  "abcd-efg-hij",
  "abc-defg-hij*",
  "{abc-defg-hij}",
])("[H16] %j is not a code for the API", (text) => {
  expect(RoomCode.safeParse(text).success).toBe(false);
});
