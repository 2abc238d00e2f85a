import { toIdentity } from "#lib/id-forms.ts";
import type { Identity } from "#lib/ids.ts";
import type { Person } from "#lib/call/meeting.ts";
import type { ModerationAction } from "#lib/moderation/moderation-schema.ts";
import { mayDo } from "#lib/moderation/powers.ts";
import type { Role } from "#lib/rooms/room.ts";

/** One line of the menu of a person. `isFinal` ones are asked about once more. */
export type PersonAction = { action: PersonModeration; isFinal: boolean };

type PersonModeration = Extract<ModerationAction, { identity: Identity }>;

/** What I can do to a participant now: what my role allows and what would change something. */
export function personActions(role: Role, person: Person): readonly PersonAction[] {
  const identity = toIdentity(person.identity);
  const all: readonly (PersonAction & { isUseful: boolean })[] = [
    {
      action: { action: "mute", identity },
      isUseful: person.isMicrophoneOn || person.isSharingSound,
      isFinal: false,
    },
    {
      action: { action: "stop-camera", identity },
      isUseful: person.isCameraOn,
      isFinal: false,
    },
    {
      action: { action: "stop-share", identity },
      isUseful: person.isSharing,
      isFinal: false,
    },
    {
      action: { action: "lower-hand", identity },
      isUseful: person.handRaisedAtMs !== undefined,
      isFinal: false,
    },
    {
      action: { action: "make-cohost", identity },
      isUseful: true,
      isFinal: false,
    },
    {
      action: { action: "unmake-cohost", identity },
      isUseful: true,
      isFinal: false,
    },
    {
      action: { action: "expel", identity, ban: false },
      isUseful: true,
      isFinal: true,
    },
  ];
  const target = { role: person.role, isSelf: person.isMe };
  return all.filter(({ action, isUseful }) => isUseful && mayDo(role, action.action, target));
}
