import { ParticipantInfo, TrackSource } from "livekit-server-sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/errors.ts";
import { newIdentity } from "#lib/ids.ts";
import type { Media } from "#lib/livekit/admin-client.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { WATCHING, permissionOf } from "#lib/tokens/grants.ts";
import { createEnforcement } from "./enforcement-service.ts";

beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const ada = newIdentity();
const bea = newIdentity();
const olga = newIdentity();
const A: Leg = { leg: "a", site: "one", room: "s.a", state: "live" };
const B: Leg = { leg: "b", site: "two", room: "s.b", state: "live" };
const CLOSED: Leg = { leg: "c", site: "three", room: "s.c", state: "closed" };
const participant = { identity: ada, name: "Ada", homeLeg: "a", role: "participant" as const };

/** Media servers that record their calls; those in `down` do not answer. */
function servers(inRoom: Record<string, ParticipantInfo[]>, down: readonly string[] = []) {
  const calls: string[] = [];
  const grants: unknown[] = [];
  const mediaOf = (site: string) => {
    const answer = async <T>(line: string, value: T) => {
      if (down.includes(site)) throw new AppError("media_unavailable");
      if (line) calls.push(line);
      return value;
    };
    return {
      listParticipants: (room: string) => answer("", inRoom[room] ?? []),
      muteTrack: (room: string, identity: string, sid: string) => answer(`mute ${room} ${identity} ${sid}`, undefined),
      removeParticipant: (room: string, identity: string) => answer(`remove ${room} ${identity}`, true),
      updateParticipant: (room: string, identity: string, change: { permission?: unknown; attributes?: object }) => {
        grants.push(change.permission);
        return answer(`update ${room} ${identity} ${JSON.stringify(change.attributes ?? {})}`, undefined);
      },
    } as unknown as Media;
  };
  return { calls, grants, enforcement: createEnforcement(mediaOf) };
}

const track = (sid: string, source: TrackSource, muted = false) => ({ sid, source, muted });
const person = (identity: string, ...tracks: object[]) => new ParticipantInfo({ identity, tracks });

test("[M4] a mute covers the microphone of a participant and of their duplicates, and skips what is muted already", async () => {
  const { calls, enforcement } = servers({
    "s.a": [
      person(ada, track("m", TrackSource.MICROPHONE), track("v", TrackSource.CAMERA)),
      person(`${ada}#x`, track("t", TrackSource.MICROPHONE), track("u", TrackSource.MICROPHONE, true)),
      person(bea, track("n", TrackSource.MICROPHONE)),
    ],
  });
  await enforcement.mute([A, B], participant, [TrackSource.MICROPHONE]);
  expect(calls.toSorted()).toEqual([`mute s.a ${ada} m`, `mute s.a ${ada}#x t`].toSorted());
});

test("[M4] a participant who is moving home is muted on both legs, and on a home leg that was closed", async () => {
  const speaking = (sid: string) => [person(ada, track(sid, TrackSource.MICROPHONE))];
  const { calls, enforcement } = servers({ "s.a": speaking("m"), "s.b": speaking("n"), "s.c": speaking("o") });
  await enforcement.mute([A, B, CLOSED], { ...participant, homeLeg: "b" }, [TrackSource.MICROPHONE]);
  await enforcement.mute([A, CLOSED], { ...participant, homeLeg: "c" }, [TrackSource.MICROPHONE]);
  expect(calls).toEqual([`mute s.a ${ada} m`, `mute s.b ${ada} n`, `mute s.a ${ada} m`, `mute s.c ${ada} o`]);
});

test("[M6] mute-all exempts only moderators, on every live leg", async () => {
  const { calls, enforcement } = servers({
    "s.a": [person(olga, track("o", TrackSource.MICROPHONE)), person(ada, track("m", TrackSource.MICROPHONE))],
    "s.b": [person("unknown", track("k", TrackSource.MICROPHONE), track("s", TrackSource.SCREEN_SHARE_AUDIO))],
    "s.c": [person(bea, track("n", TrackSource.MICROPHONE))],
  });
  await enforcement.muteAll([A, B, CLOSED], new Set([olga]));
  expect(calls.toSorted()).toEqual([`mute s.a ${ada} m`, "mute s.b unknown k", "mute s.b unknown s"].toSorted());
});

test("[M5] a share ends because the right is revoked and given back; participants who share nothing are left alone", async () => {
  const sharing = person(ada, track("s", TrackSource.SCREEN_SHARE));
  const { grants, enforcement } = servers({ "s.a": [sharing, person(bea, track("s", TrackSource.SCREEN_SHARE))] });
  await enforcement.stopShare([A], participant, NO_LOCKS);
  expect(grants).toEqual([
    permissionOf("participant", { ...NO_LOCKS, screenShare: true }),
    permissionOf("participant", NO_LOCKS),
  ]);
  await enforcement.stopShare([A], { ...participant, identity: newIdentity() }, NO_LOCKS);
  expect(grants).toHaveLength(2);
});

test("[M5] a co-host keeps their microphone while their share is stopped, even with microphones locked", async () => {
  const { grants, enforcement } = servers({ "s.a": [person(ada, track("s", TrackSource.SCREEN_SHARE))] });
  await enforcement.stopShare([A], { ...participant, role: "cohost" }, { ...NO_LOCKS, microphone: true });
  const [between, after] = grants as { canPublishSources: TrackSource[] }[];
  expect(between?.canPublishSources).toEqual([TrackSource.MICROPHONE, TrackSource.CAMERA]);
  expect(after).toEqual(permissionOf("cohost", NO_LOCKS));
});

test("[M5] a share on a former home leg ends, and the leg gets no rights back", async () => {
  const { grants, enforcement } = servers({ "s.a": [person(ada, track("s", TrackSource.SCREEN_SHARE))] });
  await enforcement.stopShare([A, B], { ...participant, homeLeg: "b" }, NO_LOCKS);
  expect(grants.at(-1)).toEqual(WATCHING);
});

test("[M7] a participant has the rights of their role on the home leg, and can only watch on the others", async () => {
  const { calls, grants, enforcement } = servers({});
  await enforcement.applyRights([A, B, CLOSED], [participant], { ...NO_LOCKS, camera: true });
  expect(grants).toEqual([permissionOf("participant", { ...NO_LOCKS, camera: true }), WATCHING]);
  expect(calls).toEqual(["s.a", "s.b"].map((room) => `update ${room} ${ada} {"role":"participant"}`));
});

test("[M8] removal disconnects the seats and their duplicates on all legs, even when one server does not answer", async () => {
  const inRoom = { "s.a": [person(ada), person(`${ada}#1`), person(bea)], "s.c": [person(`${ada}#2`)] };
  const { calls, enforcement } = servers(inRoom, ["two"]);
  await enforcement.disconnect([A, B, CLOSED], new Set([ada]));
  expect(calls.toSorted()).toEqual(
    [`remove s.a ${ada}`, `remove s.a ${ada}#1`, `remove s.c ${ada}`, `remove s.c ${ada}#2`].toSorted(),
  );
});

test("[M3] an action succeeds even when a media server does not answer", async () => {
  const { enforcement } = servers({}, ["one", "two"]);
  await enforcement.mute([A, B], participant, [TrackSource.MICROPHONE]);
  await enforcement.muteAll([A, B], new Set());
  await enforcement.stopShare([A], participant, NO_LOCKS);
  await enforcement.applyRights([A, B], [participant], NO_LOCKS);
  await enforcement.showHands([A, B], [participant], "1");
  await enforcement.disconnect([A, B], new Set([ada]));
});
