import { describe, expect, test } from "vitest";
import { NOW, OWNER, aPlace, aSeat, person } from "#lib/testing/places.ts";
import { needsHost, withoutDeadSession } from "./liveness.ts";
import type { Place, Session } from "./seat.ts";

const session = (change: Partial<Session>) => ({ ...(aPlace().session as Session), ...change });

describe("a meeting that fell silent", () => {
  const silent = { insideCount: 0, session: session({ lastSeenAtMs: NOW - 600_000 }) };

  test.each<[Partial<Place>, boolean, string]>([
    [{ ...silent, insideCount: 1 }, true, "a seat is held"],
    [{ ...silent, session: session({ lastSeenAtMs: NOW - 599_999 }) }, true, "a participant was there just now"],
    [silent, false, "no one for ten minutes"],
    [{ session: undefined }, false, "there is none"],
  ])("[R18] alive: %2$s – %3$s", (place, isAlive) => {
    expect(withoutDeadSession(aPlace(place), NOW).session !== undefined).toBe(isAlive);
  });

  test("[R18] its seats, roles and removals no longer count; the owner stays host", () => {
    const rights = { ...silent, role: "cohost", isExpelled: true, seats: [aSeat()] } as const;
    expect(withoutDeadSession(aPlace(rights), NOW)).toMatchObject({
      role: "participant",
      isExpelled: false,
      seats: [],
    });
    expect(withoutDeadSession(aPlace({ ...silent, personKey: person(OWNER) }), NOW).role).toBe("host");
  });
});

test("[R19] a meeting needs a host after a minute without one", () => {
  const gone = (ms: number) => aPlace({ isHostPresent: false, session: session({ hostSeenAtMs: NOW - ms }) });
  expect(needsHost(gone(60_001), NOW)).toBe(true);
  expect(needsHost(gone(60_000), NOW)).toBe(false);
  expect(needsHost({ ...gone(60_001), isHostPresent: true }, NOW)).toBe(false);
});

test("[R19] a co-host keeps the meeting running, but does not stop the clock that started with the host's departure", () => {
  const led = (hostGoneSinceMs: number | undefined) =>
    aPlace({ isHostPresent: true, session: session({ hostSeenAtMs: NOW, hostGoneSinceMs }) });
  expect(needsHost(led(NOW - 60_001), NOW)).toBe(true);
  expect(needsHost(led(NOW - 60_000), NOW)).toBe(false);
  expect(needsHost(led(undefined), NOW)).toBe(false);
  // A co-host always asks, because the event of the host's departure may have been lost.
  expect(needsHost({ ...led(undefined), role: "cohost" }, NOW)).toBe(true);
});
