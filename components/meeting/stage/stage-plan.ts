import type { Person, VideoFeed } from "#lib/call/meeting.ts";
import type { Layout } from "#components/call-context/view.ts";

/** One place on the stage: a person, or a screen that a person shares. */
export type StageTile = { key: string; kind: "person" | "share"; person: Person; feed: VideoFeed | undefined };

export type StagePlan =
  | { status: "alone"; me: StageTile }
  /** The other one fills the stage. */
  | { status: "pair"; other: StageTile; me: StageTile }
  | { status: "grid"; tiles: readonly StageTile[] }
  /** One in front, the rest beside it. */
  | { status: "focus"; focus: StageTile; strip: readonly StageTile[] };

export type StageInput = {
  people: readonly Person[];
  feeds: readonly VideoFeed[];
  layout: Layout;
  /** Key of the tile the viewer put in front. */
  pinned: string | undefined;
  /** Identity of the one who spoke last. */
  lastSpeaker: string | undefined;
};

/**
 * What the stage shows. Each person has one tile and each share has one, whatever the number of legs they arrive by.
 *
 * My own share has none: it would show itself endlessly, and a presenter wants to see faces.
 */
export function planStage({ people, feeds, layout, pinned, lastSpeaker }: StageInput): StagePlan {
  const tiles = [...shareTiles(people, feeds), ...personTiles(people, feeds)];
  const [first] = tiles;
  if (first && tiles.length === 1) return { status: "alone", me: first };
  const focus = tiles.find(({ key }) => key === pinned) ?? automaticFocus(tiles, layout, lastSpeaker);
  if (!focus) return layout === "auto" ? (pairOf(tiles) ?? { status: "grid", tiles }) : { status: "grid", tiles };
  return { status: "focus", focus, strip: tiles.filter((tile) => tile !== focus) };
}

function pairOf(tiles: readonly StageTile[]): StagePlan | undefined {
  const me = tiles.find(({ person }) => person.isMe);
  const other = tiles.find(({ person }) => !person.isMe);
  return me && other && tiles.length === 2 ? { status: "pair", other, me } : undefined;
}

function personTiles(people: readonly Person[], feeds: readonly VideoFeed[]): StageTile[] {
  const cameras = new Map(feeds.filter(({ source }) => source === "camera").map((feed) => [feed.identity, feed]));
  const once = new Map(people.map((person) => [person.identity, person]));
  return [...once.values()].map((person) => ({
    key: person.identity,
    kind: "person",
    person,
    feed: person.isCameraOn ? cameras.get(person.identity) : undefined,
  }));
}

/** A share has its place before its picture is here: what has no place is not asked for. */
function shareTiles(people: readonly Person[], feeds: readonly VideoFeed[]): StageTile[] {
  const pictures = new Map(feeds.filter(({ source }) => source === "screenShare").map((feed) => [feed.identity, feed]));
  const sharers = new Map(people.filter(({ isSharing, isMe }) => isSharing && !isMe).map((one) => [one.identity, one]));
  return [...sharers.values()].map((person) => ({
    key: `${person.identity}:share`,
    kind: "share",
    person,
    feed: pictures.get(person.identity),
  }));
}

function automaticFocus(tiles: readonly StageTile[], layout: Layout, lastSpeaker: string | undefined) {
  if (layout === "grid") return undefined;
  const newestShare = tiles.findLast(({ kind }) => kind === "share");
  if (newestShare) return newestShare;
  if (layout === "auto") return undefined;
  const others = tiles.filter(({ person }) => !person.isMe);
  return others.find(({ key }) => key === lastSpeaker) ?? others[0];
}
