import { expect } from "@playwright/test";
import { identityOf } from "./livekit-admin.ts";
import { expectHears, expectSees } from "./media.ts";
import type { Person, Room, RoomWishes } from "./person.ts";
import { redis, roomKey } from "./redis.ts";

/** A meeting with its host inside. */
export async function startMeeting(host: Person, wishes: RoomWishes = {}): Promise<Room> {
  const room = await host.openRoom(wishes);
  await host.start(room);
  return room;
}

/** A meeting that all have joined, the host first; each sees the others. */
export async function meet(host: Person, ...others: Person[]): Promise<Room> {
  const room = await startMeeting(host, { access: "open" });
  await Promise.all(others.map((person) => person.joinNow(room)));
  const everyone = [host, ...others];
  for (const one of everyone) {
    for (const other of everyone)
      if (other !== one) await expect(one.tile(other.name)).toBeVisible({ timeout: 15_000 });
  }
  return room;
}

export async function expectSeeAndHear(room: Room, one: Person, other: Person): Promise<void> {
  await Promise.all([
    expectSees(one.page, other.name),
    expectSees(other.page, one.name),
    expectHears(one.page, room.code, other.name),
    expectHears(other.page, room.code, one.name),
  ]);
}

/** Past the screens, for stories that begin with a co-host. */
export async function makeCohost(host: Person, room: Room, name: string): Promise<void> {
  const identity = await identityOf(room.code, name);
  const { status, text } = await (await host.api()).moderate(room.code, { action: "make-cohost", identity });
  expect(status, text).toBe(200);
}

/** Lets the time pass that a denied guest has to wait, for the server. */
export async function forgetDenialTime(room: Room): Promise<void> {
  const key = roomKey(room.code, "denials");
  const fields = await redis<string[]>("HGETALL", key);
  for (let at = 0; at < fields.length; at += 2) {
    const [count, atMs] = (fields[at + 1] ?? "").split("|");
    await redis("HSET", key, fields[at] ?? "", `${count}|${Number(atMs) - 61_000}`);
  }
}

/** The host's knock card. */
export const knockCard = (host: Person) => host.page.getByRole("region", { name: "Waiting to join" });

/** Who waits, as the host's list has it. */
export async function queueOf(
  host: Person,
  room: Room,
): Promise<{ ticketId: string; name: string; askedAtMs: number }[]> {
  return (await (await host.api()).get(`/api/rooms/${room.code}/lobby`)).body.guests;
}
