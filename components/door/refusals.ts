import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import { waitWords } from "#components/lobby/waiting-words.ts";

/** What can be done about it. `again` asks once more; `sign-in` comes back here; `home` goes to the first page. */
export type RefusalAction = "again" | "sign-in" | "home";
/** What happened, what it means, what to do; the last in words and as buttons. */
export type Refusal = {
  heading: string;
  meaning: string;
  actions: readonly RefusalAction[];
  /** Asked again by itself after this many seconds. */
  retrySeconds?: number;
};

/** Nothing answered: most gaps are over sooner than a person reads two sentences. */
const RETRY_SECONDS = 5;

const UNKNOWN: Refusal = {
  heading: "There is no meeting here",
  meaning: "No meeting has this link, or its host deleted it. Check it for missing letters, or ask for a new one.",
  actions: ["home"],
};
const SIGNED_OUT: Refusal = {
  heading: "Sign in to go on",
  meaning: "You are not signed in any more, or not as somebody who may do this.",
  actions: ["sign-in", "home"],
};
const BROKEN: Refusal = {
  heading: "Something broke on our side",
  meaning: "You did nothing wrong. Try again; if it stays like this, tell support the code below.",
  actions: ["again", "home"],
};

/** Reasons that read the same each time. */
const REFUSALS: Partial<Record<ErrorCode, Refusal>> = {
  room_unknown: UNKNOWN,
  not_found: UNKNOWN,
  room_expired: {
    heading: "This link has expired",
    meaning: "Nobody used it for 90 days. Ask whoever sent it for a new one.",
    actions: ["home"],
  },
  room_ended: {
    heading: "This meeting has ended",
    meaning: "It was ended for everyone. The link works again when its host starts it again.",
    actions: ["again", "home"],
  },
  room_locked: {
    heading: "This meeting is locked",
    meaning: "The host lets nobody else in for now. Ask them to unlock it, then try again.",
    actions: ["again", "home"],
  },
  room_full: {
    heading: "This meeting is full",
    meaning: "Every seat is taken. You can come in as soon as somebody leaves.",
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
    meaning: "The line in front of this meeting is full. Try again when the host has let some in.",
    actions: ["again", "home"],
  },
  banned: {
    heading: "You can’t come back into this meeting",
    meaning: "A host removed you for good. If you think that was a mistake, only they can undo it.",
    actions: ["home"],
  },
  removed: {
    heading: "You were removed from this meeting",
    meaning: "A host removed you. You may ask to come back in.",
    actions: ["again", "home"],
  },
  moved: {
    heading: "The call goes on elsewhere",
    meaning: "You moved it to another tab or device. You can bring it back here.",
    actions: ["again", "home"],
  },
  entry_denied: {
    heading: "You can’t join this meeting",
    meaning: "A host did not let you in, and you have asked as often as one may.",
    actions: ["home"],
  },
  cookies_blocked: {
    heading: "This browser keeps no cookies here",
    meaning:
      "Veet needs one cookie to know you again when a host lets you in, so no one was asked yet. Allow cookies for this site and try again, or open the link in another browser.",
    actions: ["again", "home"],
  },
  not_signed_in: SIGNED_OUT,
  not_allowed: SIGNED_OUT,
};

/** The page for each reason why somebody is not let in. */
export function refusalOf(code: ErrorCode, { retryAfterSeconds: seconds }: ErrorFacts = {}): Refusal {
  switch (code) {
    case "rate_limited":
      return {
        heading: "That was a little too often",
        meaning: `We take only so many tries a minute. Try again in ${waitWords(seconds ?? 60)}.`,
        actions: ["again", "home"],
        retrySeconds: seconds ?? 60,
      };
    case "media_unavailable":
    case "unavailable":
      return {
        heading: "Veet can’t be reached",
        meaning: "You are offline, or our servers do not answer. We keep trying; you lose nothing by waiting here.",
        actions: ["again", "home"],
        retrySeconds: seconds ?? RETRY_SECONDS,
      };
    default:
      return REFUSALS[code] ?? BROKEN;
  }
}
