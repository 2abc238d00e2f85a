import type { PersonKey, RoomCode } from "#lib/ids.ts";
import type { Later } from "#lib/later.ts";
import type { ClientLocation } from "#lib/regions/nearness.ts";
import type { SiteStates } from "#lib/regions/placement.ts";
import type { EntrantKind } from "#lib/rooms/participant-kind.ts";
import type { EntryAsk } from "./decide-entry.ts";

/** A user who wants to join. */
export type Visitor = {
  code: RoomCode;
  ask: EntryAsk;
  kind: EntrantKind;
  addressKey: string;
  /** The person's key. Gives a guest without a pass a new one, so it is called only for a seat or a ticket. */
  personKey: () => PersonKey;
  /** An account, or a guest whose browser sent a pass. */
  isKnown: boolean;
  clientLocation: ClientLocation;
  states: SiteStates;
  later: Later;
  nowMs: number;
};
