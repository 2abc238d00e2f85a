import { expect, test, vi } from "vitest";
import { Connections } from "./connections.ts";

const one = (change: { identity?: string; network?: string; kind?: "meeting" | "lobby"; room?: string } = {}) => ({
  room: "s.a",
  identity: "p_1",
  network: "198.51.100.7",
  kind: "meeting" as const,
  isHidden: false,
  ...change,
});
const waiting = (number: number, network = "198.51.100.7") =>
  one({ kind: "lobby", room: "lobby.s", identity: `l_${number}`, network });

test("[K11] when a participant has one connection too many, the oldest ends", () => {
  const connections = new Connections();
  const ends = Array.from({ length: 4 }, () => vi.fn());
  for (const end of ends) connections.begin(one(), end);
  expect(ends.map((end) => end.mock.calls.length)).toEqual([1, 0, 0, 0]);
});

test("[K11] closed connections do not count", () => {
  const connections = new Connections();
  const [first, ...others] = Array.from({ length: 8 }, () => vi.fn());
  connections.begin(one(), first!);
  for (const end of others) {
    const over = connections.begin(one(), end);
    over?.();
    over?.();
  }
  expect(first).not.toHaveBeenCalled();
});

test("[K11] another participant, and the same one in another room, have their own connections", () => {
  const connections = new Connections();
  const ends = ["p_1", "p_2", "p_3", "p_4"].map((identity) => {
    const end = vi.fn();
    connections.begin(one({ identity }), end);
    connections.begin(one({ identity, room: "s.b" }), end);
    return end;
  });
  for (const end of ends) expect(end).not.toHaveBeenCalled();
});

test("[K11] four classes wait behind one address, and the next guest there gets no connection", () => {
  const connections = new Connections();
  const overs = Array.from({ length: 120 }, (_, number) => connections.begin(waiting(number), () => {}));
  expect(overs.every(Boolean)).toBe(true);
  expect(connections.begin(waiting(120), () => {})).toBeUndefined();
  expect(connections.begin(waiting(121, "203.0.113.1"), () => {})).toBeDefined();
  expect(connections.begin(one({ identity: "p_9" }), () => {})).toBeDefined();
  overs[0]?.();
  expect(connections.begin(waiting(120), () => {})).toBeDefined();
});
