import type { ErrorCode } from "#lib/errors.ts";
import type { OperatorAction } from "#lib/operators/operator-schema.ts";

export type Question = {
  title: string;
  /** What will be different afterwards. */
  description: string;
  confirmLabel: string;
  /** Said when it is done. */
  done: string;
};

/** What an operator is asked before an action, and reads after it. */
export function questionOf(action: OperatorAction): Question {
  switch (action.action) {
    case "end-meeting":
      return {
        title: "End this meeting for everyone?",
        description: "All participants leave at once. The link stays, and its host can start the meeting again.",
        confirmLabel: "End meeting",
        done: "The meeting has ended",
      };
    case "delete-room":
      return {
        title: "Delete this room?",
        description: "A meeting that runs in it ends for everyone, and the link stops working. This can’t be undone.",
        confirmLabel: "Delete room",
        done: "The room was deleted",
      };
    case "block":
      return {
        title: "Block this account?",
        description:
          "It is signed out everywhere and can’t sign in. Its running meetings end, and no meeting can start in its rooms. You can lift the block later.",
        confirmLabel: "Block account",
        done: "The account is blocked",
      };
    case "unblock":
      return {
        title: "Lift the block of this account?",
        description: "The user can sign in and host again.",
        confirmLabel: "Lift block",
        done: "The block was lifted",
      };
    case "set-limits":
      return {
        title: "Change the limits of this account?",
        description:
          "They count at once for new rooms, new meetings and people who join. A meeting that already lasts longer than its new length ends.",
        confirmLabel: "Change limits",
        done: "The limits were changed",
      };
    case "drain":
      return {
        title: `Drain ${action.site}?`,
        description: `${action.site} takes no new meetings for 24 hours. Running meetings stay there; “npm run drain” moves them.`,
        confirmLabel: `Drain ${action.site}`,
        done: `${action.site} takes no new meetings`,
      };
    case "undrain":
      return {
        title: `Let ${action.site} take meetings again?`,
        description: "New meetings can start there at once.",
        confirmLabel: `Undrain ${action.site}`,
        done: `${action.site} takes meetings again`,
      };
    default:
      return action satisfies never;
  }
}

const FAILURES: Partial<Record<ErrorCode, string>> = {
  last_site: "Every other site is drained already, so new meetings need this one.",
  not_allowed: "Operators can’t be blocked, and a region that retires stays drained.",
  not_found: "It is gone already, or you are no longer an operator. Look again.",
  room_unknown: "No room has this link, or it was deleted.",
  rate_limited: "Too many requests. Wait a minute, then try again.",
  unavailable: "Veet could not be reached. Nothing may have changed; look again.",
};

/** Why an action did not work. */
export function failureText(code: ErrorCode): string {
  return FAILURES[code] ?? "Something broke on our side. Look again, and check the log.";
}
