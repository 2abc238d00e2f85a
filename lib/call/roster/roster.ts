import { Identity } from "#lib/ids.ts";
import type { SourceLocks } from "#lib/rooms/room.ts";
import { type LegPerson, type LegView, type Owner, type TrackSource, homeOf, isWelcome } from "./leg-view.ts";
import type { Person, VideoFeed } from "../meeting.ts";

/** What I know of myself better than any leg does. */
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

/** People, pictures and speakers of the whole meeting, whatever the number of legs. */
export type Roster = { people: Person[]; feeds: VideoFeed[]; speakers: string[] };

/**
 * Merges what the legs show. Each identity is one person; tracks, level and name come from their home leg only.
 * An identity that is no seat of ours (somebody found a way in beside the door) is neither shown nor heard.
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

/** Me first, then the order of arrival; who arrived in the same millisecond keeps one order on all screens. */
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
      const home = !homes.has(identity) && Identity.safeParse(identity).success && homeOf(identity, views);
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
  return person.tracks.some((track) => track.source === source && !track.isMuted && isWelcome(track, owner, locks));
}

function ownerOf({ seat, mayPublish, maySend, tracks }: LegPerson): Owner {
  return { role: seat.role, mayPublish, maySend, tracks };
}

function shownFeeds(person: LegPerson, locks: SourceLocks): VideoFeed[] {
  const owner = ownerOf(person);
  return person.tracks.flatMap((track) =>
    track.feed && !track.isMuted && isWelcome(track, owner, locks) ? [track.feed] : [],
  );
}
