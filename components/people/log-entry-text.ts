import type { LogEntry } from "#lib/moderation/moderation-schema.ts";
import { isolate } from "#components/ui/isolate.ts";

const SOURCES: Record<string, string> = { microphone: "microphones", camera: "cameras", screenShare: "screen sharing" };
const ACCESS: Record<string, string> = {
  ask: "everyone must ask to join",
  "signed-in": "signed-in people join directly",
  open: "anyone with the link joins directly",
};

/** One line of the action log as a sentence. What it does not know it shows as it was logged rather than hiding it. */
export function logEntryText({ by, what, target: name, detail }: LogEntry): string {
  const actor = by === "" ? "Veet" : isolate(by);
  const target = isolate(name);
  switch (what) {
    case "mute":
      return `${actor} muted ${target}`;
    case "stop-camera":
      return `${actor} turned off ${target}’s camera`;
    case "stop-share":
      return `${actor} stopped ${target}’s screen share`;
    case "lower-hand":
      return `${actor} lowered ${target}’s hand`;
    case "expel":
      return `${actor} ${detail === "ban" ? "removed and blocked" : "removed"} ${target}`;
    case "make-cohost":
      return `${actor} made ${target} a co-host`;
    case "unmake-cohost":
      return `${actor} removed ${target} as co-host`;
    case "unban":
      return `${actor} unblocked ${target}`;
    case "mute-all":
      return `${actor} muted everyone`;
    case "lower-all-hands":
      return `${actor} lowered all hands`;
    case "lock-source":
      return lockSentence(actor, detail);
    case "lock-room":
      return `${actor} ${isOff(detail) ? "unlocked" : "locked"} the meeting`;
    case "set-access":
      return `${actor} changed who may join: ${ACCESS[detail] ?? detail}`;
    case "set-title":
      return detail === "" ? `${actor} removed the title` : `${actor} named the meeting “${isolate(detail)}”`;
    case "end":
      return `${actor} ended the meeting for everyone`;
    case "admit":
    case "admitted":
      return `${actor} admitted ${targetText(target, detail)}`;
    case "deny":
    case "denied":
      return `${actor} denied ${targetText(target, detail)}`;
    case "became-host":
      return `${target === "" ? actor : target} became the host`;
    default:
      return [actor, what, target, detail].filter((part) => part !== "").join(" · ");
  }
}

const isOff = (detail: string) => detail === "off" || detail === "false";

function lockSentence(actor: string, detail: string): string {
  const [source = "", state = ""] = detail.split(":");
  return `${actor} ${isOff(state) ? "allowed" : "locked"} ${SOURCES[source] ?? source} for participants`;
}

function targetText(target: string, detail: string): string {
  if (target !== "") return target;
  return /^\d+$/.test(detail)
    ? `${detail} waiting ${detail === "1" ? "person" : "people"}`
    : "everyone who was waiting";
}
