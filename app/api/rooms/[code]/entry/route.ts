import { ownAwsRegion } from "#lib/env.ts";
import { handle } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { enter } from "#lib/lobby/entry-service.ts";
import { keyOf, visitor } from "#lib/lobby/lobby-guards.ts";
import { EntryAnswer, EntryBody } from "#lib/lobby/lobby-schema.ts";
import { clientLocationOf } from "#lib/regions/nearness.ts";
import { mediaSites } from "#lib/regions/site-repository.ts";
import { RoomParams } from "#lib/rooms/room-schema.ts";

/** Asks to come in: answers with tokens, with a ticket, or with the reason why not. */
export const POST = handle(
  { params: RoomParams, body: EntryBody, answer: EntryAnswer, allow: visitor, limit: "entry.ask" },
  async ({ params: { code }, body, actor, addressKey, facts, request, issueGuestPass, later, nowMs }) => {
    const { device, intent, restart, rtts } = body;
    const isSignedIn = actor.kind === "account";
    const ask = { device, intent, restart, isSignedIn, name: isSignedIn ? actor.name : body.name };
    const personKey = () => keyOf(isSignedIn ? actor : { kind: "guest", pass: issueGuestPass() }, code);
    const isKnown = isSignedIn || actor.pass !== undefined;
    const { kind } = actor;
    const clientLocation = clientLocationOf(geoOf(request.headers), rtts, ownAwsRegion(), mediaSites()[0]?.region);
    const { read, states } = facts;
    return enter({ code, ask, kind, addressKey, personKey, isKnown, clientLocation, states, later, nowMs }, read);
  },
);

/** Where the edge takes the browser to be. A browser can write these headers as well. */
function geoOf(headers: Headers) {
  return { latitude: headers.get("x-vercel-ip-latitude"), longitude: headers.get("x-vercel-ip-longitude") };
}

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
