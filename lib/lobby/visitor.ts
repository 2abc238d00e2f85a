import type { PersonKey, RoomCode } from "#lib/ids.ts";
import type { Later } from "#lib/later.ts";
import type { Whereabouts } from "#lib/regions/nearness.ts";
import type { SiteStates } from "#lib/regions/placement.ts";
import type { PersonKind } from "#lib/seats/seat.ts";
import type { EntryAsk } from "./decide-entry.ts";

/** Who stands at the door. */
export type Visitor = {
  code: RoomCode;
  ask: EntryAsk;
  kind: PersonKind;
  addressKey: string;
  /** The person's key; gives a guest a pass who has none. Called for those only who get a seat or a ticket. */
  personKey: () => PersonKey;
  /** An account, or a guest whose browser sent a pass. */
  isKnown: boolean;
  whereabouts: Whereabouts;
  states: SiteStates;
  later: Later;
  nowMs: number;
};
