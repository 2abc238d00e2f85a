import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import { durationText } from "#components/lobby/waiting-text.ts";

/** What can be done about it. `again` asks once more; `sign-in` comes back here; `home` goes to the first page. */
export type RefusalAction = "again" | "sign-in" | "home";
/** What happened, what it means, what to do; the last in words and as buttons. */
export type Refusal = {
  heading: string;
  meaning: string;
  actions: readonly RefusalAction[];
  /** Retried automatically after this many seconds. */
  retrySeconds?: number;
};

/** Nothing answered: most gaps are over sooner than a person reads two sentences. */
const RETRY_SECONDS = 5;

const UNKNOWN: Refusal = {
  heading: "Meeting not found",
  meaning: "Check the link, or ask for a new one. The host may have deleted this meeting.",
  actions: ["home"],
};
const SIGNED_OUT: Refusal = {
  heading: "Sign in to continue",
  meaning: "Your session has expired, or this account doesn’t have access.",
  actions: ["sign-in", "home"],
};
const BROKEN: Refusal = {
  heading: "Something went wrong",
  meaning: "The problem is on our side. Try again. If it keeps happening, give support the code below.",
  actions: ["again", "home"],
};

/** Reasons that read the same each time. */
const REFUSALS: Partial<Record<ErrorCode, Refusal>> = {
  room_unknown: UNKNOWN,
  not_found: UNKNOWN,
  room_expired: {
    heading: "This link has expired",
    meaning: "It hasn’t been used for 90 days. Ask the host for a new one.",
    actions: ["home"],
  },
  room_ended: {
    heading: "This meeting has ended",
    meaning: "It was ended for everyone. The link will work again when its host starts a new one.",
    actions: ["again", "home"],
  },
  room_locked: {
    heading: "This meeting is locked",
    meaning: "The host has locked this meeting. Ask them to unlock it, then try again.",
    actions: ["again", "home"],
  },
  room_full: {
    heading: "This meeting is full",
    meaning: "You can join when someone leaves.",
    actions: ["again", "home"],
  },
  rooms_limit: {
    heading: "You have as many links as you can have",
    meaning: "Delete a meeting you no longer need, or ask the operator of this site for more.",
    actions: ["home"],
  },
  meetings_limit: {
    heading: "This meeting can’t start yet",
    meaning: "Its host has as many meetings at the same time as this site allows. It can start when one of them ends.",
    actions: ["again", "home"],
  },
  host_blocked: {
    heading: "This meeting can’t take place",
    meaning: "The operator of this site blocked the account of its host.",
    actions: ["home"],
  },
  lobby_full: {
    heading: "Too many people are waiting",
    meaning: "The waiting list is full. Try again when the host has let some people in.",
    actions: ["again", "home"],
  },
  banned: {
    heading: "You can’t rejoin this meeting",
    meaning: "A host blocked you from this meeting. Only they can undo it.",
    actions: ["home"],
  },
  removed: {
    heading: "You were removed from this meeting",
    meaning: "A host removed you. You can ask to rejoin.",
    actions: ["again", "home"],
  },
  moved: {
    heading: "You moved the call",
    meaning: "The call is on another tab or device. You can bring it back here.",
    actions: ["again", "home"],
  },
  entry_denied: {
    heading: "You can’t join this meeting",
    meaning: "The host declined your request, and you’ve reached the limit for this meeting.",
    actions: ["home"],
  },
  cookies_blocked: {
    heading: "Cookies are blocked",
    meaning:
      "Veet needs one cookie to recognise you when the host lets you in, so no one was asked yet. Allow cookies for this site and try again, or open the link in another browser.",
    actions: ["again", "home"],
  },
  not_signed_in: SIGNED_OUT,
  not_allowed: SIGNED_OUT,
};

/** Whether something is broken, so that support needs the code. A locked or full meeting needs no support. */
export function isFault(code: ErrorCode): boolean {
  const isOrdinary = code in REFUSALS || code === "rate_limited";
  return !isOrdinary;
}

/** The page for each reason why a user cannot join. */
export function refusalOf(code: ErrorCode, { retryAfterSeconds: seconds }: ErrorFacts = {}): Refusal {
  switch (code) {
    case "rate_limited":
      return {
        heading: "Too many attempts",
        meaning: `You tried too often in a short time. Try again in ${durationText(seconds ?? 60)}.`,
        actions: ["again", "home"],
        retrySeconds: seconds ?? 60,
      };
    case "media_unavailable":
    case "unavailable":
      return {
        heading: "Can’t reach Veet",
        meaning: "You may be offline, or the server isn’t responding. We’ll keep trying.",
        actions: ["again", "home"],
        retrySeconds: seconds ?? RETRY_SECONDS,
      };
    default:
      return REFUSALS[code] ?? BROKEN;
  }
}
