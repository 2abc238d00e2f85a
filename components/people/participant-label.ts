import type { Person } from "#lib/call/meeting.ts";
import { isModerator } from "#lib/rooms/room.ts";
import type { Texts } from "#components/texts/texts.ts";

/** The name of a tile for screen readers: who, and the state that the tile shows. */
export function participantLabel(t: Texts, kind: "person" | "share", person: Person): string {
  if (kind === "share") return person.isMe ? t("people.yourScreen") : t("people.screenOf", { name: person.name });
  return [person.isMe ? t("people.you") : person.name, ...statesOf(t, person)].join(", ");
}

/** The name of a row in the list of people, which names me as well. */
export function rowLabel(t: Texts, person: Person): string {
  const who = person.isMe ? [person.name, t("people.youInRow")] : [person.name];
  return [...who, ...statesOf(t, person)].join(", ");
}

function statesOf(t: Texts, person: Person): string[] {
  const states = [
    isModerator(person.role) && roleName(t, person),
    person.kind === "guest" && t("people.state.guest"),
    soundState(t, person),
    !person.isCameraOn && t("people.state.cameraOff"),
    person.handRaisedAtMs !== undefined && t("people.state.handRaised"),
    person.quality === "poor" && t("people.state.weak"),
    person.quality === "lost" && t("people.state.lost"),
  ];
  return states.filter((state) => state !== false);
}

/** Muted means that nothing of the participant is heard. With a muted microphone and a share with sound something is. */
function soundState(t: Texts, { isMicrophoneOn, isSharingSound }: Person): string | false {
  if (isMicrophoneOn) return false;
  return t(isSharingSound ? "people.state.sharingAudio" : "people.state.muted");
}

/** The name of a role; empty for participants. */
export function roleName(t: Texts, { role }: Pick<Person, "role">): string {
  return role === "participant" ? "" : t(`people.${role}`);
}
