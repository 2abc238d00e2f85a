import type { LegPerson, LegTrack, LegView } from "#lib/call/roster/leg-view.ts";
import type { VideoFeed } from "#lib/call/meeting.ts";

export const id = (letter: string) => `p_${letter.repeat(20)}`;
export const [ME, ADA, BO] = [id("m"), id("a"), id("b")];
export const feedOf = (identity: string, leg: string): VideoFeed => ({
  id: `${leg}-${identity}`,
  identity,
  source: "camera",
  attach: () => () => {},
});
export const track = (source: LegTrack["source"], kind: LegTrack["kind"], more: Partial<LegTrack> = {}): LegTrack => ({
  sid: source,
  kind,
  source,
  isMuted: false,
  hasArrived: true,
  wasShown: false,
  feed: undefined,
  ...more,
});
export const person = (
  identity: string,
  more: Partial<LegPerson> = {},
  seat: Partial<LegPerson["seat"]> = {},
): LegPerson => ({
  identity,
  name: identity.slice(2, 5),
  seat: { role: "participant", kind: "guest", person: identity, hand: "", joinedAtMs: "5", home: "", ...seat },
  mayPublish: true,
  maySend: undefined,
  isSpeaking: false,
  level: 0,
  quality: "good",
  tracks: [],
  ...more,
});
export const view = (leg: string, people: LegPerson[], status: LegView["status"] = "live"): LegView => ({
  leg,
  status,
  people,
});
