/**
 * Every error the API answers with: stable code → HTTP status and a sentence for developers. What users read is in the
 * component that shows the code.
 */
export const ERRORS = {
  bad_request: { status: 400, message: "The request does not have the form this address expects." },
  not_signed_in: { status: 401, message: "This needs a signed-in person." },
  not_allowed: { status: 403, message: "You may not do this here." },
  cross_site: { status: 403, message: "This must be asked from the site itself." },
  cookies_blocked: { status: 403, message: "The browser keeps no cookies for this site." },
  entry_denied: { status: 403, message: "A host denied entry." },
  banned: { status: 403, message: "A host removed you from this meeting for good." },
  removed: { status: 403, message: "A host removed you from this meeting." },
  room_locked: { status: 403, message: "The meeting is locked." },
  source_locked: { status: 403, message: "A host locked this for participants." },
  host_blocked: { status: 403, message: "The account of the meeting's host is blocked." },
  not_found: { status: 404, message: "There is nothing at this address." },
  room_unknown: { status: 404, message: "There is no meeting with this code." },
  ticket_unknown: { status: 404, message: "There is no such request to enter." },
  person_unknown: { status: 404, message: "There is no such person in this meeting." },
  method_not_allowed: { status: 405, message: "This address does not take this method." },
  not_inside: { status: 409, message: "You are not in this meeting." },
  moved: { status: 409, message: "The call went on in another tab or on another device." },
  leg_gone: { status: 409, message: "The meeting does not live on this media server any more; ask where it does." },
  ticket_decided: { status: 409, message: "Another host decided first." },
  room_full: { status: 409, message: "The meeting is full." },
  lobby_full: { status: 409, message: "Too many people are waiting already." },
  rooms_limit: { status: 409, message: "The account has as many rooms as it may have." },
  meetings_limit: { status: 409, message: "The host has as many meetings at the same time as they may have." },
  last_site: { status: 409, message: "Every other site is drained already." },
  changed_meanwhile: { status: 409, message: "The meeting changed while this was decided; ask again." },
  room_ended: { status: 410, message: "The meeting has ended." },
  room_expired: { status: 410, message: "The link has expired." },
  ticket_lapsed: { status: 410, message: "The request to enter has lapsed." },
  body_too_large: { status: 413, message: "The request is larger than 16 kB." },
  not_json: { status: 415, message: "The request must be JSON." },
  not_form: { status: 415, message: "The request must be a form (application/x-www-form-urlencoded)." },
  headers_too_large: { status: 431, message: "The headers of the request are too large." },
  rate_limited: { status: 429, message: "Too many requests; wait a moment." },
  internal: { status: 500, message: "Something broke on our side." },
  media_unavailable: { status: 503, message: "No media server answers." },
  unavailable: { status: 503, message: "The service cannot answer right now." },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What an error may reveal to its caller besides the code. Nothing here may be internal. */
export type ErrorFacts = {
  /** Whole seconds until the same request may succeed; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** The verdict or state that won. */
  status?: string;
  /** Server time in ms at which a denied guest can ask again. */
  mayAskAgainAtMs?: number;
  /** Whether the denials of others behind the same network address are the reason. */
  isForNetwork?: boolean;
  /** How often they can still ask in this meeting. */
  asksLeft?: number;
  /** Whether the caller could start the ended meeting again. */
  mayRestart?: boolean;
};

/** An error that the caller can act on. Every other error becomes a 500 without text. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}, options?: { cause?: unknown }) {
    super(ERRORS[code].message, options);
    this.name = "AppError";
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

/** Turns any failure of an API request into an AppError: whatever is not our own answer means that nothing answered. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("unavailable", {}, { cause: error });
}
