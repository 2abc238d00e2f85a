import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { Store } from "#lib/live/store.ts";
import type { EntryAnswer, TicketView } from "./lobby-schema.ts";

export type Admission = Extract<EntryAnswer, { status: "admitted" }>;
export type WaitingTicket = Extract<TicketView, { status: "waiting" }>;

export type LapseWhy = "expired" | "silent" | "gone";

/** What has become of asking to enter, as the guest's browser knows it. Times are the server's; `clockOffsetMs` = server − browser. */
export type EntryState =
  | { status: "idle" }
  | { status: "asking" }
  | { status: "waiting"; ticket: WaitingTicket; clockOffsetMs: number; isStale: boolean }
  | {
      status: "denied";
      asksLeft: number;
      /** Undefined where no ask is left. */
      mayAskAgainAtMs?: number | undefined;
      /** Others behind the same network address were denied, not this guest. */
      isForNetwork?: boolean | undefined;
      clockOffsetMs: number;
    }
  | { status: "elsewhere" }
  /** Ten minutes without a decision, a minute in which this device was not reached, or the server has no such request any more. */
  | { status: "lapsed"; why: LapseWhy }
  | { status: "cancelled" }
  | { status: "refused"; code: ErrorCode; facts: ErrorFacts }
  | { status: "admitted"; admission: Admission };

export type Ask = { name?: string; intent?: "enter" | "move" | "second"; restart?: boolean };

/** Asks to enter and follows the request: pushed through the lobby room, polled underneath. */
export type EntryFeed = {
  state: Store<EntryState>;
  ask: (ask: Ask) => Promise<void>;
  /** Picks up a request this browser made before a reload; goes to `idle` when there is none. */
  resume: () => Promise<void>;
  rename: (name: string) => Promise<void>;
  cancel: () => Promise<void>;
  dispose: () => void;
};
