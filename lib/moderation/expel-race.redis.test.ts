import { expect, test } from "vitest";
import { type Identity, newBanId, newDeviceId, newIdentity } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { readPlace } from "#lib/seats/seat-repository.ts";
import { reserveSeat } from "#lib/seats/reservation-repository.ts";
import { NOW, aSeat, person } from "#lib/testing/places.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { EXPEL } from "./action-repository.ts";
import { act } from "./moderation-repository.ts";

const ROUNDS = 25;

test.each([
  { what: "comes back to their seat", isReturning: true },
  { what: "takes another seat on another device", isReturning: false },
])("[M8] a participant who $what during their removal ends up without a seat", async ({ isReturning }) => {
  const meeting = await aRunningMeeting();
  const host = await meeting.seat({ role: "host", name: "Olga", heldUntilMs: NOW + 600_000 });
  let wins = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const key = `g_eve${round}`;
    const first = await meeting.seat({ personKey: key, name: "Eve" });
    const place = await readPlace(meeting.code, person(key), NOW);
    const [own] = place?.seats ?? [];
    if (!place || !own) throw new Error("Eve is not inside");
    const other = aSeat({ personKey: key, identity: newIdentity(), device: newDeviceId() });
    const seat = isReturning ? own : other;
    const enter = () =>
      reserveSeat({
        place,
        storedSession: meeting.sessionId,
        seat,
        isReturning,
        ticketId: undefined,
        isMove: false,
        open: undefined,
        homes: [],
        nowMs: NOW,
      });
    const expel = () => act(EXPEL, { code: meeting.code, identity: host, role: "host", nowMs: NOW }, args(first));

    const [entered] = await Promise.allSettled(round % 2 === 0 ? [enter(), expel()] : [expel(), enter()].toReversed());
    if (entered?.status === "fulfilled") wins += 1;
    else expect(entered?.reason).toMatchObject({ code: "changed_meanwhile" });
    const held = await redis().zrange<string[]>(keys.ofRoom("seats", meeting.code), 0, -1);
    expect(held).toEqual([host]);
    expect(await redis().hget(keys.ofRoom("seat", meeting.code, first), "status")).toBe("removed");
  }
  // Entry must win at least once, or the two never raced.
  expect(wins).toBeGreaterThan(0);
});

const args = (target: Identity) => [target, ",participant,", 0, newBanId()];
