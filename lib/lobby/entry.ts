import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { Store } from "#lib/live/store.ts";
import type { EntryAnswer, TicketView } from "./lobby-schema.ts";

export type Admission = Extract<EntryAnswer, { status: "admitted" }>;
export type WaitingTicket = Extract<TicketView, { status: "waiting" }>;

export type LapseWhy = "expired" | "silent" | "gone";

/** The state of a request to join in the guest's browser. Times are the server's; `clockOffsetMs` = server − browser. */
export type EntryState =
  | { status: "idle" }
  | { status: "asking" }
  | { status: "waiting"; ticket: WaitingTicket; clockOffsetMs: number; isStale: boolean }
  | {
      status: "denied";
      asksLeft: number;
      /** Undefined when no ask is left. */
      mayAskAgainAtMs?: number | undefined;
      /** Others behind the same network address were denied, not this guest. */
      isForNetwork?: boolean | undefined;
      clockOffsetMs: number;
    }
  | { status: "elsewhere" }
  /** Ten minutes without a verdict, a minute without contact to this device, or the server no longer has the request. */
  | { status: "lapsed"; why: LapseWhy }
  | { status: "cancelled" }
  | { status: "refused"; code: ErrorCode; facts: ErrorFacts }
  | { status: "admitted"; admission: Admission };

export type Ask = { name?: string; intent?: "enter" | "move" | "second"; restart?: boolean };

/** Requests entry and follows the request: pushed through the lobby room, with polling as a fallback. */
export type EntryFeed = {
  state: Store<EntryState>;
  ask: (ask: Ask) => Promise<void>;
  /** Resumes a request that this browser made before a reload; goes to `idle` when there is none. */
  resume: () => Promise<void>;
  rename: (name: string) => Promise<void>;
  cancel: () => Promise<void>;
  dispose: () => void;
};
