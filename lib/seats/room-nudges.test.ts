import { describe, expect, test, vi } from "vitest";
import type { Identity, RoomCode, TicketId } from "#lib/ids.ts";
import { type EventConsumer, emit } from "./event-service.ts";
import type { EventContext, RoomEvent } from "./room-event.ts";
import { type Delivery, nudgesOf } from "./room-nudges.ts";
import type { Leg } from "./seat.ts";

const legOf = (leg: string, state: Leg["state"]): Leg => ({ leg, site: `local-${leg}`, room: `s_1.${leg}`, state });
const legs = [legOf("a", "live"), legOf("b", "live"), legOf("c", "closed")];
const context: EventContext = { code: "abc-defg-hij" as RoomCode, sessionId: "s_1", legs, hosts: ["p_host"] };
const identity = "p_ada" as Identity;
const ticketId = "t_1" as TicketId;
const message = {
  id: "m",
  seq: 1,
  identity,
  name: "Ada",
  text: "Hello",
  sentAtMs: 1,
  kind: "guest",
  role: "participant",
};
const ada = { identity, homeLeg: "b" };
const byHost = { people: [ada], by: "Hana" };
const joined = { type: "participant.joined", identity, isReturn: false } as const;
const left = { type: "participant.left", identity } as const;

/** `everyone`, the recipients, or `lobby` with either; then the kind of nudge, or the type of notice, and the legs. */
function shown(delivery: Delivery): string {
  const { nudge, identities, to } = delivery;
  const who = identities === "all" ? "everyone" : identities.join("+");
  const what = nudge.kind === "notice" ? nudge.notice.type : nudge.kind;
  return to === "lobby"
    ? `lobby ${who}: ${what}`
    : `${who}: ${what} on ${delivery.legs.map(({ leg }) => leg).join("")}`;
}

const ROOM = "everyone: room on abc";
const LOG = "p_host: log on abc";

describe("[R40] who is nudged follows from what happened", () => {
  test.each<[RoomEvent, string[]]>([
    [{ type: "meeting.started" }, []],
    [{ type: "meeting.emptied" }, []],
    [{ type: "meeting.ended", by: "Hana" }, ["lobby everyone: verdict"]],
    [{ ...joined, role: "host", waitingCount: 1 }, ["lobby everyone: lobby"]],
    [{ ...joined, role: "host", waitingCount: 0 }, []],
    [{ ...joined, role: "participant", waitingCount: 1 }, []],
    [{ ...left, role: "cohost", waitingCount: 2 }, ["lobby everyone: lobby"]],
    [{ ...left, role: "participant", waitingCount: 2 }, []],
    [{ type: "participant.moved", identities: ["p_old"] }, []],
    [{ type: "participant.removed", identities: ["p_ada"], by: "Hana" }, [ROOM, LOG, "p_host: lobby on abc"]],
    [{ type: "participant.silenced", what: "camera-stopped", ...byHost }, ["p_ada: camera-stopped on b", LOG]],
    [{ type: "hand.lowered", ...byHost }, ["p_ada: hand-lowered on b", LOG]],
    [{ type: "role.changed", what: "made-cohost", ...byHost }, ["p_ada: made-cohost on b", ROOM, LOG]],
    [{ type: "host.changed", people: [ada] }, ["p_ada: became-host on b", ROOM, LOG]],
    [{ type: "host.changed", people: [] }, [ROOM, LOG]],
    [{ type: "source.locked", source: "camera", isLocked: true, ...byHost }, ["p_ada: camera-locked on b", ROOM, LOG]],
    [{ type: "source.locked", source: "screenShare", isLocked: false, people: [], by: "Hana" }, [ROOM, LOG]],
    [{ type: "settings.changed" }, [ROOM, LOG]],
    [{ type: "access.chosen", waitingCount: 3 }, ["lobby everyone: lobby"]],
    [{ type: "access.chosen", waitingCount: 0 }, []],
    [{ type: "ban.lifted" }, [LOG]],
    [{ type: "chat.sent", message: message as never }, ["everyone: chat on abc"]],
    [{ type: "legs.changed" }, ["everyone: legs on abc"]],
    [{ type: "home.requested", leg: "b", identities: ["p_ada", "p_ben"] }, ["p_ada+p_ben: home on abc"]],
    [{ type: "knock.created", ticketId, displaced: ["l_1"] }, ["p_host: lobby on abc", "lobby l_1: verdict"]],
    [{ type: "knock.changed" }, ["p_host: lobby on abc"]],
    [
      { type: "knock.decided", verdict: "denied", guests: ["l_1", "l_2"] },
      ["lobby l_1+l_2: verdict", "lobby everyone: lobby", "p_host: lobby on abc", LOG],
    ],
    [{ type: "knock.settled", ticketId }, ["everyone: lobby on abc"]],
  ])("%j", (event, expected) => {
    expect(nudgesOf(event, context).map(shown)).toEqual(expected);
  });
});

test("[R40] a notice reaches a participant whose leg closed on all live legs", () => {
  const gone = { identity: "p_ben", homeLeg: "c" };
  const [first, second] = nudgesOf({ type: "hand.lowered", people: [ada, gone], by: "" }, context);
  expect([first, second].map((one) => one && shown(one))).toEqual([
    "p_ada: hand-lowered on b",
    "p_ben: hand-lowered on ab",
  ]);
});

test("[R41] each consumer receives each event, and one that fails disturbs no other and no caller", async () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const received: unknown[] = [];
  const history: EventConsumer = async (event, { code }) => void received.push([code, event.type]);
  const webhooks: EventConsumer = () => Promise.reject(new Error("no answer"));
  await emit(context, { type: "meeting.started" }, { webhooks, history });
  expect(received).toEqual([["abc-defg-hij", "meeting.started"]]);
  expect(errors.mock.calls.join()).toMatch(/event\.lost.*webhooks/);
  errors.mockRestore();
});
