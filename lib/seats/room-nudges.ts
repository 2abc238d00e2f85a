import type { Notice, Nudge } from "#lib/rooms/nudge-schema.ts";
import { isModerator } from "#lib/rooms/room.ts";
import type { Concerned, EventContext, RoomEvent } from "./room-event.ts";
import type { Leg } from "./seat.ts";

/** One nudge and who gets it: the listed identities, or all in the meeting's or the lobby's LiveKit room. */
export type Delivery =
  | { to: "meeting"; legs: readonly Leg[]; identities: readonly string[] | "all"; nudge: Nudge }
  | { to: "lobby"; identities: readonly string[] | "all"; nudge: Nudge };

/** Which nudges follow from an event. */
export function nudgesOf(event: RoomEvent, { legs, hosts = [] }: EventContext): Delivery[] {
  const all = (nudge: Nudge): Delivery => ({ to: "meeting", legs, identities: "all", nudge });
  const toHosts = (kind: "log" | "lobby"): Delivery => ({ to: "meeting", legs, identities: hosts, nudge: { kind } });
  const lobby = (kind: "lobby" | "verdict", identities: readonly string[] | "all" = "all"): Delivery => ({
    to: "lobby",
    identities,
    nudge: { kind },
  });
  const notices = (people: readonly Concerned[], notice: Notice) => noticesTo(legs, people, notice);

  switch (event.type) {
    case "meeting.started":
    case "meeting.emptied":
    case "participant.moved":
      return [];
    case "meeting.ended":
      return [lobby("verdict")];
    case "participant.joined":
    case "participant.left":
      // For waiting guests, the presence of a host may have changed.
      return isModerator(event.role) && event.waitingCount > 0 ? [lobby("lobby")] : [];
    case "participant.removed":
      return [all({ kind: "room" }), toHosts("log"), toHosts("lobby")];
    case "participant.silenced":
      return [...notices(event.people, { type: event.what, by: event.by }), toHosts("log")];
    case "hand.lowered":
      return [...notices(event.people, { type: "hand-lowered", by: event.by }), toHosts("log")];
    case "role.changed":
      return [...notices(event.people, { type: event.what, by: event.by }), all({ kind: "room" }), toHosts("log")];
    case "host.changed":
      return [...notices(event.people, { type: "became-host", by: "" }), all({ kind: "room" }), toHosts("log")];
    case "source.locked": {
      const type = `${event.source}-${event.isLocked ? "locked" : "unlocked"}` as const;
      return [...notices(event.people, { type, by: event.by }), all({ kind: "room" }), toHosts("log")];
    }
    case "settings.changed":
      return [all({ kind: "room" }), toHosts("log")];
    case "access.chosen":
      // They may now be able to join without asking.
      return event.waitingCount > 0 ? [lobby("lobby")] : [];
    case "ban.lifted":
      return [toHosts("log")];
    case "chat.sent":
      return [all({ kind: "chat", message: event.message })];
    case "legs.changed":
      return [all({ kind: "legs" })];
    case "home.requested":
      return [{ to: "meeting", legs, identities: event.identities, nudge: { kind: "home", leg: event.leg } }];
    case "knock.created":
      return [toHosts("lobby"), lobby("verdict", event.displaced)];
    case "knock.changed":
      return [toHosts("lobby")];
    case "knock.decided":
      // The rest of the queue moves up.
      return [lobby("verdict", event.guests), lobby("lobby"), toHosts("lobby"), toHosts("log")];
    case "knock.settled":
      return [all({ kind: "lobby" })];
    default:
      return event satisfies never;
  }
}

/** A notice reaches each participant once: on the leg where they publish, or on all legs when that one is closed. */
function noticesTo(legs: readonly Leg[], people: readonly Concerned[], notice: Notice): Delivery[] {
  const live = legs.filter(({ state }) => state === "live");
  return [...new Set(people.map(({ homeLeg }) => homeLeg))].map((homeLeg): Delivery => {
    const home = live.filter(({ leg }) => leg === homeLeg);
    const identities = people.filter((person) => person.homeLeg === homeLeg).map(({ identity }) => identity);
    return { to: "meeting", legs: home.length > 0 ? home : live, identities, nudge: { kind: "notice", notice } };
  });
}
