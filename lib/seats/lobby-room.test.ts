import { expect, test } from "vitest";
import { legRoomOf, lobbyRoomOf } from "./lobby-room.ts";

const leg = { leg: "a", site: "local-a", room: "s.a", state: "live" } as const;

test("[G3] LiveKit's rooms are named by session and leg, and the lobby room is not a meeting room", () => {
  expect(legRoomOf("s", "a")).toBe("s.a");
  expect(lobbyRoomOf("s", [leg])).toEqual({ site: "local-a", room: "lobby.s" });
});

test("[G3] without a live leg there is no lobby room", () => {
  expect(lobbyRoomOf(undefined, [leg])).toBeUndefined();
  expect(lobbyRoomOf("s", [{ ...leg, state: "closed" }])).toBeUndefined();
});
