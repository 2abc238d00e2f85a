import { expect, test } from "vitest";
import { legRoomOf, lobbyRoomOf } from "./lobby-room.ts";

const leg = { leg: "a", site: "local-a", room: "s.a", state: "live" } as const;

test("[G3] LiveKit's rooms are named by session and leg, and the lobby's is none of the meeting's", () => {
  expect(legRoomOf("s", "a")).toBe("s.a");
  expect(lobbyRoomOf("s", [leg])).toEqual({ site: "local-a", room: "lobby.s" });
});

test("[G3] there is no lobby room while the meeting lives nowhere", () => {
  expect(lobbyRoomOf(undefined, [leg])).toBeUndefined();
  expect(lobbyRoomOf("s", [{ ...leg, state: "closed" }])).toBeUndefined();
});
