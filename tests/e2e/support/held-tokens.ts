import { expect } from "@playwright/test";
import type { Person } from "./person.ts";
import type { HeldToken } from "./tokens.ts";

/** The token our server issued, and the one LiveKit handed out after it, which lives longer. */
export async function originalAndRefreshed(person: Person): Promise<[HeldToken, HeldToken]> {
  await expect
    .poll(async () => (await distinct(person)).length, { message: "no refreshed token came" })
    .toBeGreaterThan(1);
  const tokens = await distinct(person);
  return [tokens[0]!, tokens.at(-1)!];
}
async function distinct(person: Person): Promise<HeldToken[]> {
  const byText = new Map((await person.mainRoomTokens()).map((token) => [token.raw, token]));
  return [...byText.values()];
}
