import { describe, expect, test } from "vitest";
import { NOW, OWNER, aPlace, aSeat, person } from "#lib/testing/places.ts";
import { needsHost, withoutDeadSession } from "./liveness.ts";
import type { Place, Session } from "./seat.ts";

const session = (change: Partial<Session>) => ({ ...(aPlace().session as Session), ...change });

describe("a meeting that fell silent", () => {
  const silent = { insideCount: 0, session: session({ lastSeenAtMs: NOW - 600_000 }) };

  test.each<[Partial<Place>, boolean, string]>([
    [{ ...silent, insideCount: 1 }, true, "somebody holds a seat"],
    [{ ...silent, session: session({ lastSeenAtMs: NOW - 599_999 }) }, true, "somebody was there just now"],
    [silent, false, "nobody, for ten minutes"],
    [{ session: undefined }, false, "there is none"],
  ])("[R18] alive: %2$s – %3$s", (place, isAlive) => {
    expect(withoutDeadSession(aPlace(place), NOW).session !== undefined).toBe(isAlive);
  });

  test("[R18] seats, roles and removals of it count no more; the owner stays host", () => {
    const rights = { ...silent, role: "cohost", isExpelled: true, seats: [aSeat()] } as const;
    expect(withoutDeadSession(aPlace(rights), NOW)).toMatchObject({
      role: "participant",
      isExpelled: false,
      seats: [],
    });
    expect(withoutDeadSession(aPlace({ ...silent, personKey: person(OWNER) }), NOW).role).toBe("host");
  });
});

test("[R19] a meeting needs a host once none was there for a minute", () => {
  const gone = (ms: number) => aPlace({ isHostPresent: false, session: session({ hostSeenAtMs: NOW - ms }) });
  expect(needsHost(gone(60_001), NOW)).toBe(true);
  expect(needsHost(gone(60_000), NOW)).toBe(false);
  expect(needsHost({ ...gone(60_001), isHostPresent: true }, NOW)).toBe(false);
});

test("[R19] a co-host keeps the meeting going, but not the clock from running that the host's departure started", () => {
  const led = (hostGoneSinceMs: number | undefined) =>
    aPlace({ isHostPresent: true, session: session({ hostSeenAtMs: NOW, hostGoneSinceMs }) });
  expect(needsHost(led(NOW - 60_001), NOW)).toBe(true);
  expect(needsHost(led(NOW - 60_000), NOW)).toBe(false);
  expect(needsHost(led(undefined), NOW)).toBe(false);
  // They ask whatever is written down: the word that the host left may have been lost.
  expect(needsHost({ ...led(undefined), role: "cohost" }, NOW)).toBe(true);
});
