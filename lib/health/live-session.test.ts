import { expect, test } from "vitest";
import { type ListedRoom, liveSessions } from "./live-session.ts";

const ONE = "a".repeat(20);
const TWO = "b".repeat(20);
const room = (name: string, participants: number, site = "use1a", createdAtMs = 5): ListedRoom => {
  return { site, name, participants, publishers: 1, createdAtMs };
};

test("[O9] a session is shown with all its legs, participants counted once, largest first", () => {
  const rooms = [room(`${ONE}.b`, 3, "euw1a", 9), room(`${TWO}.a`, 7), room(`${ONE}.a`, 4, "use1b", 2)];
  expect(liveSessions(rooms)).toEqual([
    {
      session: TWO,
      sinceMs: 5,
      participants: 7,
      legs: [{ leg: "a", site: "use1a", participants: 7, publishers: 1 }],
    },
    {
      session: ONE,
      sinceMs: 2,
      participants: 4,
      legs: [
        { leg: "a", site: "use1b", participants: 4, publishers: 1 },
        { leg: "b", site: "euw1a", participants: 3, publishers: 1 },
      ],
    },
  ]);
});

test("[O9] lobbies and rooms that are not ours are not sessions", () => {
  expect(liveSessions([room(`lobby.${ONE}`, 2), room("other", 1), room(`${ONE}.a.b`, 1)])).toEqual([]);
});
