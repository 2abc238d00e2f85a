import { expect, test } from "vitest";
import { NOW } from "#lib/testing/places.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { storeHand } from "./hand-repository.ts";

test("[C6] a hand raised twice keeps its first position; lowering it gives the position up", async () => {
  const { code, seat } = await aRunningMeeting();
  const ada = await seat({});
  expect(await storeHand(code, ada, true, NOW)).toBe(NOW);
  expect(await storeHand(code, ada, true, NOW + 5)).toBe(NOW);
  expect(await storeHand(code, ada, false, NOW + 6)).toBe(0);
  expect(await storeHand(code, ada, true, NOW + 7)).toBe(NOW + 7);
});

test("[C5] a removed participant cannot raise a hand", async () => {
  const { code, seat } = await aRunningMeeting();
  const eve = await seat({ status: "removed" });
  await expect(storeHand(code, eve, true, NOW)).rejects.toMatchObject({ code: "not_inside" });
});
