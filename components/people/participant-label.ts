import type { Person } from "#lib/call/meeting.ts";
import { isModerator } from "#lib/rooms/room.ts";

/** What a tile is called by screen readers: who, and the state that eyes see on it. */
export function participantLabel(kind: "person" | "share", person: Person): string {
  const who = person.isMe ? "You" : person.name;
  if (kind === "share") return person.isMe ? "Your screen" : `${person.name}’s screen`;
  const states = [
    isModerator(person.role) && roleName(person),
    person.kind === "guest" && "guest",
    soundState(person),
    person.isCameraOn ? undefined : "camera off",
    person.handRaisedAtMs === undefined ? undefined : "hand raised",
    person.quality === "poor" && "weak connection",
    person.quality === "lost" && "connection lost",
  ];
  return [who, ...states.filter(Boolean)].join(", ");
}

/** Muted means that nothing of the participant is heard. With a muted microphone and a share with sound something is. */
function soundState({ isMicrophoneOn, isSharingSound }: Person): string | undefined {
  if (isMicrophoneOn) return undefined;
  return isSharingSound ? "sharing audio" : "muted";
}

/** The name of a role; empty for participants. */
export function roleName({ role }: Pick<Person, "role">): string {
  switch (role) {
    case "host":
      return "Host";
    case "cohost":
      return "Co-host";
    case "participant":
      return "";
    default:
      return role satisfies never;
  }
}
