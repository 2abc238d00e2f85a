import { AppError } from "#lib/errors.ts";

/** What went wrong with something I asked for, as a sentence: what it means and what to do. */
export function problemText(error: unknown): string {
  if (!(error instanceof AppError)) return "Something went wrong. Try again.";
  const { code, facts } = error;
  switch (code) {
    case "rate_limited":
      return facts.retryAfterSeconds === undefined
        ? "Too many requests. Try again in a moment."
        : `Too many requests. Try again in ${facts.retryAfterSeconds} s.`;
    case "ticket_decided":
      return facts.status === "admitted" ? "Another host admitted them first." : "Another host denied them first.";
    case "ticket_lapsed":
    case "ticket_unknown":
      return "They are no longer waiting.";
    case "person_unknown":
      return "They have left the meeting.";
    case "room_full":
      return "The meeting is full, so no one else can be admitted.";
    case "not_allowed":
      return "You no longer have permission.";
    case "source_locked":
      return "A host locked this for participants.";
    case "not_inside":
    case "moved":
      return "You’re no longer in this meeting.";
    case "changed_meanwhile":
      return "The meeting has just changed. Try again.";
    case "bad_request":
      return "This can’t be sent. Change it and try again.";
    case "unavailable":
    case "media_unavailable":
      return "Veet isn’t responding. The call continues. Try again in a moment.";
    default:
      return "Something went wrong. Try again.";
  }
}
