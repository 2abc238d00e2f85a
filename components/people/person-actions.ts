import { toIdentity } from "#lib/id-forms.ts";
import type { Person } from "#lib/call/meeting.ts";
import type { ModerationAction } from "#lib/moderation/moderation-schema.ts";
import { mayDo } from "#lib/moderation/powers.ts";
import type { Role } from "#lib/rooms/room.ts";
import { isolate } from "#components/ui/isolate.ts";

/** One line of the menu of a person. `isFinal` ones are asked about once more. */
export type PersonAction = { action: ModerationAction; label: string; done: string; isFinal: boolean };

/** What I can do to a participant now: what my role allows and what would change something. */
export function personActions(role: Role, person: Person): readonly PersonAction[] {
  const identity = toIdentity(person.identity);
  const name = isolate(person.name);
  const all: readonly (PersonAction & { isUseful: boolean })[] = [
    {
      action: { action: "mute", identity },
      label: `Mute ${name}`,
      done: `${name} is muted`,
      isUseful: person.isMicrophoneOn || person.isSharingSound,
      isFinal: false,
    },
    {
      action: { action: "stop-camera", identity },
      label: `Turn off ${name}’s camera`,
      done: `${name}’s camera is off`,
      isUseful: person.isCameraOn,
      isFinal: false,
    },
    {
      action: { action: "stop-share", identity },
      label: `Stop ${name}’s screen share`,
      done: `${name}’s screen share is stopped`,
      isUseful: person.isSharing,
      isFinal: false,
    },
    {
      action: { action: "lower-hand", identity },
      label: `Lower ${name}’s hand`,
      done: `${name}’s hand is lowered`,
      isUseful: person.handRaisedAtMs !== undefined,
      isFinal: false,
    },
    {
      action: { action: "make-cohost", identity },
      label: `Make ${name} a co-host`,
      done: `${name} is now a co-host`,
      isUseful: true,
      isFinal: false,
    },
    {
      action: { action: "unmake-cohost", identity },
      label: `Remove ${name} as co-host`,
      done: `${name} is no longer a co-host`,
      isUseful: true,
      isFinal: false,
    },
    {
      action: { action: "expel", identity, ban: false },
      label: `Remove ${name} from the meeting`,
      done: `${name} was removed`,
      isUseful: true,
      isFinal: true,
    },
  ];
  const target = { role: person.role, isSelf: person.isMe };
  return all.filter(({ action, isUseful }) => isUseful && mayDo(role, action.action, target));
}
