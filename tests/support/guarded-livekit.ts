import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { mayConnect } from "#lib/presence/admission-service.ts";
import { writeMediaSites } from "#lib/media-sites.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import type { DoorPlan } from "../../gatekeeper/door.ts";
import { Outage } from "../../gatekeeper/outage.ts";
import { Remembered } from "../../gatekeeper/remembered.ts";
import { type Sweep, createSweep } from "../../gatekeeper/sweep.ts";
import { getLiveKit } from "../../scripts/provision/livekit-binary.ts";
import { type RunningLiveKit, startLiveKit } from "../../scripts/stack/livekit.ts";
import { knockAt, openDoor, portOf } from "./gatekeeper.ts";

const KEY = { apiKey: "door", apiSecret: "door-tests-only-door-tests-only-door-tests" };

/** A real LiveKit server behind a gatekeeper, for the tests of one file. */
export type GuardedLiveKit = ReturnType<typeof useGuardedLiveKit>;

export function useGuardedLiveKit(site: string) {
  const [remembered, outage] = [new Remembered(), new Outage()];
  const open: { destroy: () => void }[] = [];
  const doors: Server[] = [];
  let directory: string;
  let livekit: RunningLiveKit;
  let rooms: RoomServiceClient;
  let door: Server;
  let isRedisAway = false;

  const asked = (room: string, identity: string, isHidden: boolean) =>
    isRedisAway ? Promise.reject(new Error("Redis is away")) : mayConnect(room, identity, isHidden);
  const inside = async ({ sessionId }: Pick<RunningMeeting, "sessionId">) =>
    (await rooms.listParticipants(`${sessionId}.a`)).map(({ identity }) => identity).toSorted();
  /** A second gatekeeper in front of the same server. */
  const anotherDoor = async (change: Partial<DoorPlan>): Promise<Server> => {
    const remove = (room: string, identity: string) => rooms.removeParticipant(room, identity);
    const made = await openDoor({ target: livekit.apiUrl, key: KEY, mayConnect: asked, remove, ...change });
    doors.push(made);
    return made;
  };
  /** Opens a WebSocket as a browser does. @returns the status, 101 when it is open. */
  const knock = async (path: string, port = portOf(door)): Promise<number> => {
    const { status, socket } = await knockAt(port, path);
    if (socket) open.push(socket.resume());
    return status;
  };
  const tokenOf = ({ sessionId }: RunningMeeting, identity: string, { ttl = 60, grant = {} } = {}) => {
    const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { identity, ttl });
    token.addGrant({ ...meetingGrant(`${sessionId}.a`, permissionOf("participant", NO_LOCKS)), ...grant });
    return token.toJwt();
  };

  beforeAll(async () => {
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    directory = await mkdtemp(join(tmpdir(), "veet-door-"));
    const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/", directory };
    livekit = await startLiveKit({ binary: await getLiveKit(), ...where, ...KEY });
    rooms = new RoomServiceClient(livekit.apiUrl, KEY.apiKey, KEY.apiSecret);
    // Before any module reads the environment.
    process.env.MEDIA_SITES = writeMediaSites([
      { site, region: "local", url: livekit.url, apiUrl: livekit.apiUrl, ...KEY },
    ]);
    const isListed = async (room: string, identity: string) =>
      (await rooms.listParticipants(room)).some((one) => one.identity === identity);
    door = await anotherDoor({ remembered, outage, isListed });
  }, 300_000);

  afterEach(() => {
    isRedisAway = false;
    outage.answered(Date.now());
    for (const socket of open.splice(0)) socket.destroy();
  });

  afterAll(async () => {
    for (const one of doors) {
      one.closeAllConnections();
      one.close();
    }
    await livekit.process.stop();
    await rm(directory, { recursive: true, force: true });
    vi.restoreAllMocks();
  });

  return {
    key: KEY,
    remembered,
    inside,
    knock,
    anotherDoor,
    tokenOf,
    rooms: () => rooms,
    port: () => portOf(door),
    /** LiveKit's own port, without the gatekeeper. */
    signalPort: () => livekit.signalPort,
    hangUp: () => {
      for (const socket of open.splice(0)) socket.destroy();
    },
    async meeting(): Promise<RunningMeeting> {
      const meeting = await aRunningMeeting();
      await rooms.createRoom({ name: `${meeting.sessionId}.a` });
      return meeting;
    },
    rtc: async (meeting: RunningMeeting, identity: string) =>
      `/rtc?access_token=${await tokenOf(meeting, identity)}&protocol=16`,
    sweepOf: ({ sessionId }: RunningMeeting): Sweep =>
      createSweep({ site, listRooms: () => Promise.resolve([`${sessionId}.a`]), remembered, outage }),
    redisFails: () => void (isRedisAway = true),
    /** As if it had not answered for minutes. */
    redisIsAway() {
      isRedisAway = true;
      for (const agoMs of [600_000, 500_000]) outage.failed(new Error("Redis is away"), Date.now() - agoMs);
    },
  };
}
