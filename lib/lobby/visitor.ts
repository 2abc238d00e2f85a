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
  /** The person's key; makes a guest somebody by giving them a pass. Called for those only who get a seat or a ticket. */
  personKey: () => PersonKey;
  whereabouts: Whereabouts;
  states: SiteStates;
  later: Later;
  nowMs: number;
};
