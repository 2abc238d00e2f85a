/** What one account may use on this site. */
export type HostLimits = {
  /** Rooms that have not expired. */
  rooms: number;
  /** Meetings in its rooms at the same time. */
  meetings: number;
  /** In one meeting. */
  people: number;
  /** How long one meeting may last. */
  minutes: number;
};
/** The limits of an account that differ from the defaults. */
export type OwnLimits = { [Name in keyof HostLimits]?: number | undefined };

export const LIMIT_NAMES = ["rooms", "meetings", "people", "minutes"] as const satisfies (keyof HostLimits)[];

const DAY_MINUTES = 24 * 60;
type Range = { least: number; most: number };

/** What an operator can set. One script walks an account's rooms, so there are at most a thousand. */
export const LIMIT_RANGES: Record<keyof HostLimits, Range> = {
  rooms: { least: 1, most: 1_000 },
  meetings: { least: 1, most: 1_000 },
  // The same as MAX_PARTICIPANTS in lib/env.ts.
  people: { least: 2, most: 1_000 },
  // Redis knows a session for seven days at most (TTL_MS.sessionCode).
  minutes: { least: 5, most: 6 * DAY_MINUTES },
};

/**
 * Limits against abuse and accidents, not against use: "My meetings" lists 200 rooms, no team has twenty meetings of one
 * account at the same time, and a meeting that lasts a whole day is a forgotten tab.
 */
const DEFAULTS = { rooms: 200, meetings: 20, minutes: DAY_MINUTES };

/** @param maxParticipants - MAX_PARTICIPANTS. */
export function defaultLimits(maxParticipants: number): HostLimits {
  return { ...DEFAULTS, people: maxParticipants };
}

/** What applies to an account: its own limits, else the defaults. */
export function limitsOf(own: OwnLimits, defaults: HostLimits): HostLimits {
  const set = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) };
}
