import fc from "fast-check";
import { expect, test } from "vitest";
import { ChatMessage } from "./chat-message.ts";
import { parseNudge } from "./nudge-schema.ts";

const parse = (value: unknown) => parseNudge(new TextEncoder().encode(JSON.stringify(value)));

const MESSAGE = {
  seq: 7,
  id: "6f1c8a52-0c4e-4a7e-9b57-0d6f3c1e2a44",
  identity: "p_x",
  name: "Ada",
  kind: "guest",
  role: "cohost",
  isLikeHost: true,
  text: "Hello",
  sentAtMs: 1_700_000_000_000,
};
const NOTICE = { type: "muted", by: "Hanna" };

test.each([
  [{ kind: "lobby" }],
  [{ kind: "verdict", revision: 3 }],
  [{ kind: "room" }],
  [{ kind: "log" }],
  [{ kind: "legs", revision: 1 }],
  [{ kind: "home", leg: "b" }],
  [{ kind: "notice", notice: NOTICE }],
  [{ kind: "notice", notice: { type: "screenShare-unlocked", by: "" } }],
  [{ kind: "chat", message: MESSAGE, revision: 9 }],
])("[N152] reads %j", (nudge) => {
  expect(parse(nudge)).toEqual(nudge);
});

test.each([
  ["an unknown kind", { kind: "obey" }],
  ["no kind", { revision: 1 }],
  ["no object", ["room"]],
  ["no revision", { kind: "room", revision: "1" }],
  ["a revision that counts from nothing", { kind: "room", revision: 0 }],
  ["a move to no leg", { kind: "home" }],
  ["an unknown notice", { kind: "notice", notice: { type: "praised", by: "" } }],
  ["a notice by no one", { kind: "notice", notice: { type: "muted" } }],
  ["a notice without content", { kind: "notice" }],
  ["a message without content", { kind: "chat" }],
])("[N152] ignores %s", (_, nudge) => {
  expect(parse(nudge)).toBeUndefined();
});

test("[N152] keeps nothing of a nudge that it does not know", () => {
  expect(parse({ kind: "room", leg: "a", more: { x: 1 } })).toEqual({ kind: "room" });
  expect(parse({ kind: "chat", message: { ...MESSAGE, html: "<b>" } })).toEqual({ kind: "chat", message: MESSAGE });
});

test("[N152] reads a chat message as the server's schema does, whatever one field holds", () => {
  const field = fc.constantFrom(...Object.keys(MESSAGE).filter((name) => name !== "id"));
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constant(undefined),
    fc.constantFrom(...Object.values(MESSAGE), 0, -1, 1.5),
  );
  fc.assert(
    fc.property(field, value, (name, changed) => {
      const message: unknown = JSON.parse(JSON.stringify({ ...MESSAGE, [name]: changed }));
      const read = parse({ kind: "chat", message });
      expect(read).toEqual(
        ChatMessage.safeParse(message).success ? { kind: "chat", message: ChatMessage.parse(message) } : undefined,
      );
    }),
    { numRuns: 500 },
  );
});
