import { ParticipantInfo, ParticipantPermission, TrackInfo, TrackSource } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { ASK_MS, SweepPace, listsOf } from "./sweep-pace.ts";

const NOW = 1_000_000;
const ada = (more: Partial<ParticipantInfo> = {}) =>
  new ParticipantInfo({ identity: "p_ada", sid: "PA_1", attributes: { role: "host", home: "a|1" }, ...more });
const bea = new ParticipantInfo({ identity: "p_bea", sid: "PA_2" });
const room = (participants: ParticipantInfo[], gone: string[] = []) => ({ name: "s.a", participants, gone });
const track = (source: TrackSource, muted = false) => new TrackInfo({ sid: `TR_${source}`, source, muted });

test("[H50] the same lists in another order are the same", () => {
  const turned = ada({ attributes: { home: "a|1", role: "host" } });
  const other = { ...room([]), name: "s.b" };
  expect(listsOf([other, room([bea, turned], ["y", "x"])])).toBe(listsOf([room([ada(), bea], ["x", "y"]), other]));
});

test.each([
  ["someone arrived", [room([ada(), bea])]],
  ["someone left", [room([])]],
  ["someone left who may come back", [room([ada()], ["p_eve"])]],
  ["another connection", [room([ada({ sid: "PA_9" })])]],
  ["other rights", [room([ada({ permission: new ParticipantPermission({ canPublish: true }) })])]],
  ["another role", [room([ada({ attributes: { role: "participant", home: "a|1" } })])]],
  ["a shared screen", [room([ada({ tracks: [track(TrackSource.SCREEN_SHARE)] })])]],
  ["another room", [room([ada()]), { ...room([ada()]), name: "s.b" }]],
])("[H50] Redis is asked right away when the lists show %s", (_, lists) => {
  const pace = new SweepPace();
  pace.settled(listsOf([room([ada()])]), NOW);
  expect(pace.isDue(listsOf(lists), NOW + 1)).toBe(true);
});

test("[H50] the sound of a screen shared without its video is a change, a muted microphone is not", () => {
  const sharing = [track(TrackSource.SCREEN_SHARE), track(TrackSource.SCREEN_SHARE_AUDIO)];
  const alone = [track(TrackSource.SCREEN_SHARE, true), track(TrackSource.SCREEN_SHARE_AUDIO)];
  expect(listsOf([room([ada({ tracks: alone })])])).not.toBe(listsOf([room([ada({ tracks: sharing })])]));
  const speaking = listsOf([room([ada({ tracks: [track(TrackSource.MICROPHONE)] })])]);
  expect(listsOf([room([ada({ tracks: [track(TrackSource.MICROPHONE, true)] })])])).toBe(speaking);
});

test.each([
  ["before 15 s have passed", ASK_MS - 1, undefined, false],
  ["after 15 s", ASK_MS, undefined, true],
  ["when the answer was due to change, a moment early", 4_999, 5_000, false],
  ["when the answer was due to change", 5_000, 5_000, true],
  ["after 15 s, when it is due to change later", ASK_MS, 60_000, true],
])("[H50] without a change Redis is asked again: %s", (_, afterMs, againAfterMs, isDue) => {
  const pace = new SweepPace();
  pace.settled("lists", NOW, againAfterMs && NOW + againAfterMs);
  expect(pace.isDue("lists", NOW + afterMs)).toBe(isDue);
});

test("[H50] the first pass asks, and so does the one after a failure or a removal", () => {
  const pace = new SweepPace();
  expect(pace.isDue("lists", NOW)).toBe(true);
  pace.settled("lists", NOW);
  pace.unsettled();
  expect(pace.isDue("lists", NOW)).toBe(true);
});
