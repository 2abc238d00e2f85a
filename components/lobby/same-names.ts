import type { Texts } from "#components/texts/texts.ts";
/** Of several who wait under one name: which one this is, longest wait first. */
export type SameName = { number: number; of: number };

/** @returns by ticket id, for those only who share their name with others in the list. */
export function sameNames(guests: readonly { ticketId: string; name: string }[]): ReadonlyMap<string, SameName> {
  const totals = new Map<string, number>();
  for (const { name } of guests) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  const found = new Map<string, SameName>();
  for (const { ticketId, name } of guests) {
    const of = totals.get(name) ?? 0;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    if (of > 1) found.set(ticketId, { number, of });
  }
  return found;
}

/** The name as buttons say it, so that no two buttons are called the same: "Alex, 2 of 50". */
export function distinctName(t: Texts, name: string, same: SameName | undefined): string {
  return same ? t("lobby.distinctName", { name, ...same }) : name;
}
