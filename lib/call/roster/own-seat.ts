import type { MeetingView } from "#lib/seats/seat-schema.ts";
import type { SeatAttributes } from "#lib/seats/seat-schema.ts";
import type { LocalMedia } from "../media/devices.ts";
import type { LocalParticipant } from "./roster.ts";

/** What the server says of me. It says it twice, by the API and by LiveKit's attributes; the latest word counts. */
export type OwnSeat = Pick<LocalParticipant, "identity" | "person" | "name" | "role" | "handRaisedAtMs">;

export function ownSeatFromView({ me }: MeetingView): OwnSeat {
  const { identity, person, name, role, handRaisedAtMs } = me;
  return { identity, person, name, role, handRaisedAtMs };
}

/** Takes over what LiveKit's attributes say, where they say something new: an old attribute does not undo a newer answer. */
export function ownSeatFromAttributes(me: OwnSeat, before: SeatAttributes | undefined, seat: SeatAttributes): OwnSeat {
  // Attributes are there in full or not at all yet.
  if (seat.person === "" || before === undefined) return me;
  const role = seat.role === before.role ? me.role : seat.role;
  const hand = seat.hand === "" ? undefined : Number(seat.hand);
  const handRaisedAtMs = seat.hand === before.hand ? me.handRaisedAtMs : hand;
  return role === me.role && handRaisedAtMs === me.handRaisedAtMs ? me : { ...me, role, handRaisedAtMs };
}

export function localParticipantOf(me: OwnSeat, media: LocalMedia): LocalParticipant {
  return {
    ...me,
    isMicrophoneOn: media.microphone.status === "on",
    isCameraOn: media.camera.status === "on",
    isSharing: media.screenShare.status === "on",
    isSharingSound: media.screenShare.status === "on" && media.screenShare.sound === "on",
  };
}
