import { isIdentity } from "#lib/id-forms.ts";
import type { SourceLocks } from "#lib/rooms/room.ts";
import type { SeatAttributes } from "#lib/seats/seat-attributes.ts";
import type { MeetingView } from "#lib/seats/seat-schema.ts";
import type { LocalMedia } from "../media/devices.ts";
import type { Person, VideoFeed } from "../meeting.ts";
import { type LegPerson, type LegView, type Owner, type TrackSource, homeOf, mayPlay } from "./leg-view.ts";

/** The own participant, as this browser knows better than any leg. */
export type LocalParticipant = Pick<
  Person,
  | "identity"
  | "person"
  | "name"
  | "role"
  | "handRaisedAtMs"
  | "isMicrophoneOn"
  | "isCameraOn"
  | "isSharing"
  | "isSharingSound"
>;

/** Participants, pictures and speakers of the whole meeting, merged from all legs. */
export type Roster = { people: Person[]; feeds: VideoFeed[]; speakers: string[] };

/**
 * Merges what the legs show. Each identity is one participant; tracks, level and name come from their home leg only.
 * An identity that was not issued by us (a connection that bypassed entry) is neither shown nor heard.
 */
export function mergeRoster(
  views: readonly LegView[],
  me: LocalParticipant,
  myFeeds: readonly VideoFeed[],
  locks: SourceLocks,
): Roster {
  const homes = findHomes(views);
  const mine = homes.get(me.identity);
  const others = [...homes.values()].filter(({ identity }) => identity !== me.identity);
  const people = orderPeople([toMe(me, mine), ...others.map((person) => toPerson(person, locks))]);
  const speaking = new Set(people.filter(({ isSpeaking }) => isSpeaking).map(({ identity }) => identity));
  return {
    people,
    feeds: [...myFeeds, ...others.flatMap((person) => shownFeeds(person, locks))],
    speakers: [...homes.values()]
      .filter(({ identity }) => speaking.has(identity))
      .toSorted((left, right) => right.level - left.level)
      .map(({ identity }) => identity),
  };
}

/** The own participant first, then by arrival. Ties are broken by identity, so that all screens show one order. */
export function orderPeople(people: readonly Person[]): Person[] {
  return people.toSorted(
    (left, right) =>
      Number(right.isMe) - Number(left.isMe) ||
      left.joinedAtMs - right.joinedAtMs ||
      (left.identity < right.identity ? -1 : 1),
  );
}

function findHomes(views: readonly LegView[]): Map<string, LegPerson> {
  const homes = new Map<string, LegPerson>();
  for (const { people } of views) {
    for (const { identity } of people) {
      const home = !homes.has(identity) && isIdentity(identity) && homeOf(identity, views);
      if (home) homes.set(identity, home.person);
    }
  }
  return homes;
}

function toPerson(person: LegPerson, locks: SourceLocks): Person {
  const { seat } = person;
  const isMicrophoneOn = has(person, "microphone", locks);
  return {
    identity: person.identity,
    person: seat.person,
    name: person.name,
    role: seat.role,
    kind: seat.kind,
    isMe: false,
    joinedAtMs: Number(seat.joinedAtMs),
    handRaisedAtMs: seat.hand === "" ? undefined : Number(seat.hand),
    isMicrophoneOn,
    isCameraOn: has(person, "camera", locks),
    isSharing: has(person, "screenShare", locks),
    isSharingSound: has(person, "screenShareAudio", locks),
    isSpeaking: person.isSpeaking && isMicrophoneOn,
    quality: person.quality,
  };
}

function toMe(me: LocalParticipant, seen: LegPerson | undefined): Person {
  return {
    ...me,
    kind: seen?.seat.kind ?? "guest",
    isMe: true,
    joinedAtMs: Number(seen?.seat.joinedAtMs ?? 0),
    isSpeaking: (seen?.isSpeaking ?? false) && me.isMicrophoneOn,
    quality: seen?.quality ?? "unknown",
  };
}

function has(person: LegPerson, source: TrackSource, locks: SourceLocks): boolean {
  const owner = ownerOf(person);
  return person.tracks.some((track) => track.source === source && !track.isMuted && mayPlay(track, owner, locks));
}

function ownerOf({ seat, mayPublish, maySend, tracks }: LegPerson): Owner {
  return { role: seat.role, mayPublish, maySend, tracks };
}

function shownFeeds(person: LegPerson, locks: SourceLocks): VideoFeed[] {
  const owner = ownerOf(person);
  return person.tracks.flatMap((track) =>
    track.feed && !track.isMuted && mayPlay(track, owner, locks) ? [track.feed] : [],
  );
}

/** The own seat, as the server reports it both by the API and by LiveKit's attributes. The latest report counts. */
export type OwnSeat = Pick<LocalParticipant, "identity" | "person" | "name" | "role" | "handRaisedAtMs">;

export function ownSeatFromView({ me }: MeetingView): OwnSeat {
  const { identity, person, name, role, handRaisedAtMs } = me;
  return { identity, person, name, role, handRaisedAtMs };
}

/** Applies attributes that changed. An unchanged attribute may be older than the API's answer and must not undo it. */
export function ownSeatFromAttributes(me: OwnSeat, before: SeatAttributes | undefined, seat: SeatAttributes): OwnSeat {
  // Attributes arrive all at once; before that they are empty.
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
