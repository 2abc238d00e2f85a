import { AppError } from "#lib/errors.ts";

/** What went wrong with something I asked for, as a sentence: what it means and what to do. */
export function troubleText(error: unknown): string {
  if (!(error instanceof AppError)) return "That did not work. Try again.";
  const { code, facts } = error;
  switch (code) {
    case "rate_limited":
      return facts.retryAfterSeconds === undefined
        ? "That was a lot at once. Try again in a moment."
        : `That was a lot at once. Try again in ${facts.retryAfterSeconds} s.`;
    case "ticket_decided":
      return facts.status === "admitted" ? "Another host admitted them first." : "Another host denied them first.";
    case "ticket_lapsed":
    case "ticket_unknown":
      return "They are no longer waiting.";
    case "person_unknown":
      return "They have left the meeting.";
    case "room_full":
      return "The meeting is full, so nobody else can be admitted.";
    case "not_allowed":
      return "You may not do this here: your role has changed.";
    case "source_locked":
      return "A host locked this for participants.";
    case "not_inside":
    case "moved":
      return "You are not in this meeting any more.";
    case "changed_meanwhile":
      return "The meeting changed meanwhile. Try again.";
    case "bad_request":
      return "This cannot be sent as it is.";
    case "unavailable":
    case "media_unavailable":
      return "No answer from the service. The call goes on; try again in a moment.";
    default:
      return "That did not work. Try again.";
  }
}
