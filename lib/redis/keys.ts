import type { AccountId, RoomCode, SessionId, SignInId } from "#lib/ids.ts";

/**
 * The keys of a room. TypeScript builds them with `keys.ofRoom`, Lua with `prefix .. K.seats`: `defineScript` makes `K` from this
 * table. `of` says what a key ends with: the `room`, its `session`, or the `lobby`, whose requests can outlive a session. All keys
 * share the hash tag `{code}`, so that one script can touch them together. Sets are indexes: nothing is ever scanned.
 */
const ROOM_TABLE = {
  /** Hash: the room and its settings, fields as in `Room`. Lives as long as its link. */
  room: { name: "room", of: "room" },
  /** Hash: PersonKey → JSON of a ban. */
  bans: { name: "bans", of: "room" },
  /** Hash: hashed network address → `,BanId,BanId`: of banned participants. Lives as long as the bans. */
  bannedAddresses: { name: "banned-addresses", of: "room" },
  /** Set: DeviceId of each tab that was in the meeting when it was ended for all. It holds no name and no account. */
  endedTabs: { name: "ended-tabs", of: "room" },

  /**
   * Hash: sessionId, startedAtMs, hostSeenAtMs (a host was last present), lastSeenAtMs (anyone was), chatSeq. Missing while
   * there is no meeting.
   */
  session: { name: "session", of: "session" },
  /** Hash: leg → `site|livekitRoom|state`. */
  legs: { name: "legs", of: "session" },
  /** Hash: PersonKey → `cohost`, or `host` for a participant who inherited the role. The owner is not listed. */
  roles: { name: "roles", of: "session" },
  /** Sorted set: Identity → ms until which the seat is held. The participant count. */
  seats: { name: "seats", of: "session" },
  /** Hash: Identity → PersonKey: everyone who ever had a seat in this session, so that all of their data can be deleted. */
  identities: { name: "identities", of: "session" },
  /** Sorted set: as `seats`, for hosts and co-hosts: who is nudged, and whether a host is present. */
  hosts: { name: "hosts", of: "session" },
  /** Hash: PersonKey → ms. Was removed without a ban: must ask again, whatever the access level. */
  expelled: { name: "expelled", of: "session" },
  /**
   * Hash: hashed network address → ms: of participants who were removed from this meeting. A guest from there asks, however
   * open the room.
   */
  removedAddresses: { name: "removed-addresses", of: "session" },
  /** Hash: PersonKey, or `from:` and a hashed network address → `count|ms of the last`: denials in this meeting. */
  denials: { name: "denials", of: "session" },
  /** List of JSON: the newest chat messages, oldest first. */
  chat: { name: "chat", of: "session" },
  /** List of JSON: the newest entries of the activity log, newest first. */
  log: { name: "log", of: "session" },

  /** Sorted set: TicketId → ms of asking, for waiting tickets. */
  queue: { name: "queue", of: "lobby" },
  /** Sorted set: TicketId → ms at which the request lapses unless its browser polls; the same members as `queue`. */
  lapses: { name: "lapses", of: "lobby" },
  /**
   * Sorted set: `TicketId|PersonKey|LobbyIdentity` → ms at which a finished request is deleted: OVER_TICKET_MS after its end.
   */
  stale: { name: "stale", of: "lobby" },
  /** Hash: PersonKey → TicketId. */
  tickets: { name: "tickets", of: "lobby" },
  /** Hash: LobbyIdentity → TicketId, for LiveKit's webhooks. */
  lobby: { name: "lobby", of: "lobby" },
} as const;

/** Keys of which a room has many: the name is followed by an id. `identities` and `tickets` list them. */
const ITEM_TABLE = {
  /** Hash: one seat, by Identity. */
  seat: "seat:",
  /** Hash: DeviceId → Identity: the seats of one person, by PersonKey. */
  person: "person:",
  /** Hash: one ticket, by TicketId. */
  ticket: "ticket:",
} as const;

type RoomKey = keyof typeof ROOM_TABLE;
type ItemKey = keyof typeof ITEM_TABLE;

const prefix = (code: string) => `veet:{${code}}:`;
const roomNames = Object.fromEntries(Object.entries(ROOM_TABLE).map(([key, { name }]) => [key, name]));

/** What `K` offers in Lua, by name. */
export const LUA_KEYS: Readonly<Record<string, string>> = { ...roomNames, ...ITEM_TABLE };

/** A key of a room, or one of many with its id. */
type OfRoom = [name: RoomKey, code: RoomCode, id?: undefined] | [name: ItemKey, code: RoomCode, id: string];

/** Every key. */
export const keys = {
  /** What a room's keys begin with: `veet:{code}:`. */
  prefix: (code: RoomCode) => prefix(code),
  /** What comes before and after a code in `prefix`, for the scripts that walk an account's rooms. */
  aroundCode: prefix("|").split("|") as [string, string],
  /** A key of ROOM_TABLE, or of ITEM_TABLE with an id. */
  ofRoom: (...[name, code, id = ""]: OfRoom) => prefix(code) + LUA_KEYS[name] + id,

  /** String: the code of the room that a session belongs to. LiveKit's room names contain the session only. */
  sessionCode: (sessionId: SessionId) => `veet:session:${sessionId}`,
  /** Sorted set: RoomCode → ms of creation: the rooms an account hosts. */
  roomsOf: (account: AccountId) => `veet:rooms-of:${account}`,
  /** String: a LiveKit webhook that was already handled. */
  webhook: (eventId: string) => `veet:webhook:${eventId}`,
  /** String: a media site that failed recently; it is skipped until this expires. */
  breaker: (site: string) => `veet:breaker:${site}`,
  /** String: a process is checking whether this leg, by its LiveKit room, is dead. */
  legLook: (room: string) => `veet:leg-look:${room}`,
  /** String: the operator is draining this media site: it takes no one new. */
  drained: (site: string) => `veet:drained:${site}`,
  /** String of JSON: the last check of a media site, as in lib/health. */
  siteLook: (site: string) => `veet:site-look:${site}`,
  /** String: the site is being checked at this moment. */
  siteLooking: (site: string) => `veet:site-looking:${site}`,
  /** Hash: node → `ms|load|1 when its LiveKit answers`: the reports of a site's gatekeepers. */
  siteNodes: (site: string) => `veet:site-nodes:${site}`,
  /** String: drawn by the first gatekeeper that finds none. A different one, or none, means that Redis was emptied. */
  epoch: "veet:epoch",
  /** String: the session of this sign-in was signed out; no copy of its cookie is valid. */
  signedOut: (signInId: SignInId) => `veet:signed-out:${signInId}`,
  /**
   * Hash: what an operator decided about an account. `blockedAtMs` while it is blocked; `sessionsEndAtMs`: sessions that began
   * until then have ended; `rooms`, `meetings`, `people`, `minutes` where its limits differ from the defaults.
   */
  account: (account: AccountId) => `veet:account:${account}`,
  /** The prefix under which @upstash/ratelimit counts. */
  limit: "veet:limit",
  /** String, in the Redis of a media site: the address of the gatekeeper beside a LiveKit node. */
  gatekeeper: (nodeId: string) => `veet:gatekeeper:${nodeId}`,
} as const;

const namesOf = (owner: "room" | "session" | "lobby") =>
  Object.values(ROOM_TABLE)
    .filter(({ of }) => of === owner)
    .map(({ name }) => name);
/** The keys that begin, expire and end with a session. */
export const SESSION_KEYS: readonly string[] = namesOf("session");

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");
const fields = Object.entries(LUA_KEYS).map(([key, name]) => `${key} = '${name}'`);

/**
 * Lua that `defineScript` puts before each script: the names of a room's keys, and the lists of those that end together. A key
 * added to the table above is in its list, so it is renewed and deleted with the others.
 */
export const KEYS_LUA = `local K = { ${fields.join(", ")} }
local ROOM_KEYS, SESSION_KEYS, LOBBY_KEYS = { ${quoted(namesOf("room"))} }, { ${quoted(SESSION_KEYS)} }, { ${quoted(namesOf("lobby"))} }
`;

/** Whether a script's first key is `keys.prefix` of a room. */
export function isRoomPrefix(key: string | undefined): boolean {
  return key !== undefined && /^veet:\{[^}]+\}:$/.test(key);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Every lifetime, in milliseconds. */
export const TTL_MS = {
  /**
   * What belongs to a session, while LiveKit has reported a participant as connected and not as gone. With no one connected it
   * lives as long as the last seat. So this is how long a session remains whose media servers died silently; R18 ends it
   * sooner.
   */
  session: 24 * HOUR,
  /** A seat between joining and LiveKit's report that the participant is connected; and after a lost connection. */
  seatReserved: MINUTE,
  /** A seat whose browser reports every 30 s: five reports can get lost. */
  seatPresent: 150_000,
  /** How long a decided ticket is kept. */
  decidedTicket: 12 * HOUR,
  /** A ban outlives its meeting, so that waiting for the end does not get around it. */
  ban: 24 * HOUR,
  /** LiveKit may report on a session while it has participants; no meeting lasts a week. */
  sessionCode: 7 * 24 * HOUR,
  /** For how long a tab can find out that a host ended its meeting. */
  endedTab: HOUR,
  /** An expired link is kept this long, to answer "expired" rather than "unknown". */
  expiredRoom: 30 * 24 * HOUR,
  webhook: 24 * HOUR,
  breaker: 30_000,
  /** A hundred browsers lose a dead leg at the same time; one check of it is enough. */
  legLook: 3_000,
  /** Longer than any upgrade; a site that the operator forgot takes participants again. */
  drained: 24 * HOUR,
  /** An old check is worth no more than none; it is kept longer so that the page can show its age. */
  siteLook: 10 * MINUTE,
  /** Longer than a check can take, so that a hundred readers cause one check. */
  siteLooking: 5_000,
  siteNodes: 10 * MINUTE,
  /** Renewed every minute by each gatekeeper; an installation that was off for a week has no calls left to protect. */
  epoch: 7 * 24 * HOUR,
  /** An operator's decision must not expire in practice, and every key has a lifetime: ten years. */
  account: 10 * 365 * 24 * HOUR,
  /** Longer than any session (lib/auth/session-token.ts): after that no copy of the cookie is valid anyway. */
  signedOut: 7 * 24 * HOUR,
  /** Five announcements. */
  gatekeeper: 10_000,
} as const;
