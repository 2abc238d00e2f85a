import { expect, test } from "vitest";
import { parseMediaRoom } from "./media-room.ts";

const id = "0123456789abcdefghij";

test.each([
  { name: `${id}.a`, room: { kind: "meeting", sessionId: id, leg: "a" } },
  { name: `lobby.${id}`, room: { kind: "lobby", sessionId: id } },
  { name: id, room: undefined },
  { name: `${id}.`, room: undefined },
  { name: `${id}.a.b`, room: undefined },
  { name: `lobby.${id}.a`, room: undefined },
  { name: `${id}.A`, room: undefined },
  { name: "abc-defg-hij.a", room: undefined },
  { name: "", room: undefined },
])("[W3] the LiveKit room “$name” is parsed", ({ name, room }) => {
  expect(parseMediaRoom(name)).toEqual(room);
});
