import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { Texts } from "#components/texts/texts.ts";
import { type Duration, roundedDuration } from "#components/texts/duration.ts";
import type en from "#messages/en.json";

/** What can be done about it. `again` asks once more; `sign-in` comes back here; `home` goes to the first page. */
export type RefusalAction = "again" | "sign-in" | "home";
/** The reasons that have texts. */
type Reason = Exclude<keyof (typeof en)["refusals"], "tryAgainIn" | "signIn">;
/** What happened, and what can be done. `reason` names its texts in `refusals`. */
export type Refusal = {
  reason: Reason;
  actions: readonly RefusalAction[];
  /** Retried automatically after this many seconds. */
  retrySeconds?: number;
};

/** No server answered: most outages are shorter than the time to read two sentences. */
const RETRY_SECONDS = 5;

const AGAIN: readonly RefusalAction[] = ["again", "home"];
const HOME: readonly RefusalAction[] = ["home"];
const SIGN_IN: readonly RefusalAction[] = ["sign-in", "home"];

/** Reasons that read the same each time. */
const REFUSALS: Partial<Record<ErrorCode, Refusal>> = {
  room_unknown: { reason: "unknown", actions: HOME },
  not_found: { reason: "unknown", actions: HOME },
  room_expired: { reason: "expired", actions: HOME },
  room_ended: { reason: "ended", actions: AGAIN },
  room_locked: { reason: "locked", actions: AGAIN },
  room_full: { reason: "full", actions: AGAIN },
  rooms_limit: { reason: "roomsLimit", actions: HOME },
  meetings_limit: { reason: "meetingsLimit", actions: AGAIN },
  host_blocked: { reason: "hostBlocked", actions: HOME },
  lobby_full: { reason: "lobbyFull", actions: AGAIN },
  banned: { reason: "banned", actions: HOME },
  removed: { reason: "removed", actions: AGAIN },
  moved: { reason: "moved", actions: AGAIN },
  entry_denied: { reason: "denied", actions: HOME },
  cookies_blocked: { reason: "cookiesBlocked", actions: AGAIN },
  not_signed_in: { reason: "signedOut", actions: SIGN_IN },
  not_allowed: { reason: "signedOut", actions: SIGN_IN },
};

/** Whether something is broken, so that support needs the code. A locked or full meeting needs no support. */
export function isFault(code: ErrorCode): boolean {
  const isOrdinary = code in REFUSALS || code === "rate_limited";
  return !isOrdinary;
}

/** Why a user cannot join, and what they can do. */
export function refusalOf(code: ErrorCode, { retryAfterSeconds: seconds }: ErrorFacts = {}): Refusal {
  switch (code) {
    case "rate_limited":
      return { reason: "tooOften", actions: AGAIN, retrySeconds: seconds ?? 60 };
    case "media_unavailable":
    case "unavailable":
      return { reason: "unreachable", actions: AGAIN, retrySeconds: seconds ?? RETRY_SECONDS };
    default:
      return REFUSALS[code] ?? { reason: "broken", actions: AGAIN };
  }
}

/** The texts of a refusal. */
export function refusalText(t: Texts, { reason, retrySeconds = 0 }: Refusal): { heading: string; meaning: string } {
  const wait: Duration = roundedDuration(retrySeconds);
  return { heading: t(`refusals.${reason}.heading`), meaning: t(`refusals.${reason}.meaning`, wait) };
}
