import { handle } from "#lib/http/handle.ts";
import { enter } from "#lib/lobby/entry-service.ts";
import { keyOf, visitor } from "#lib/lobby/lobby-guards.ts";
import { EntryAnswer, EntryBody } from "#lib/lobby/lobby-schema.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";

/** Asks to come in: answers with tokens, with a ticket, or with the reason why not. */
export const POST = handle(
  { params: RoomParams, body: EntryBody, answer: EntryAnswer, allow: visitor, limit: "entry.ask" },
  async ({ params: { code }, body, actor, addressKey, facts, issueGuestPass, nowMs }) => {
    const { device, intent, restart } = body;
    const isSignedIn = actor.kind === "account";
    const ask = { device, intent, restart, isSignedIn, name: isSignedIn ? actor.name : body.name };
    const personKey = () => keyOf(isSignedIn ? actor : { kind: "guest", pass: issueGuestPass() }, code);
    const kind = isSignedIn ? "person" : "guest";
    return enter({ code, ask, kind, addressKey, personKey, broken: facts.broken, nowMs }, facts.read);
  },
);
