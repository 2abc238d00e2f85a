import { expect, test } from "vitest";
import type { Role } from "#lib/rooms/room.ts";
import type { ModerationVerb } from "./moderation-schema.ts";
import { mayDo } from "./powers.ts";

const ROLES: readonly Role[] = ["host", "cohost", "participant"];
const yes = true;
const no = false;

// Actor's role → whether they can act on a [host, co-host, participant].
const AIMED: Record<string, Record<Role, readonly [boolean, boolean, boolean]>> = {
  mute: { host: [yes, yes, yes], cohost: [no, yes, yes], participant: [no, no, no] },
  "stop-camera": { host: [yes, yes, yes], cohost: [no, yes, yes], participant: [no, no, no] },
  "stop-share": { host: [yes, yes, yes], cohost: [no, yes, yes], participant: [no, no, no] },
  "lower-hand": { host: [yes, yes, yes], cohost: [no, yes, yes], participant: [no, no, no] },
  expel: { host: [no, yes, yes], cohost: [no, no, yes], participant: [no, no, no] },
  "make-cohost": { host: [no, no, yes], cohost: [no, no, no], participant: [no, no, no] },
  "unmake-cohost": { host: [no, yes, no], cohost: [no, no, no], participant: [no, no, no] },
};

// Whether a [host, co-host, participant] can act on the meeting.
const UNAIMED: Record<string, readonly [boolean, boolean, boolean]> = {
  unban: [yes, yes, no],
  "mute-all": [yes, yes, no],
  "lower-all-hands": [yes, yes, no],
  "lock-source": [yes, yes, no],
  "lock-room": [yes, yes, no],
  "set-access": [yes, yes, no],
  "set-title": [yes, yes, no],
  end: [yes, no, no],
};

const aimed = Object.entries(AIMED).flatMap(([verb, byRole]) =>
  ROLES.flatMap((role) => ROLES.map((target, at) => ({ verb, role, target, may: byRole[role][at] }))),
);
const unaimed = Object.entries(UNAIMED).flatMap(([verb, may]) =>
  ROLES.map((role, at) => ({ verb, role, may: may[at] })),
);

test.each(aimed)("[M1] $role $verb $target: $may", ({ verb, role, target, may }) => {
  expect(mayDo(role, verb as ModerationVerb, { role: target, isSelf: false })).toBe(may);
});

test.each(aimed)("[M2] no one can $verb themselves ($role)", ({ verb, role, target }) => {
  expect(mayDo(role, verb as ModerationVerb, { role: target, isSelf: true })).toBe(false);
});

test.each(unaimed)("[M1] $role $verb: $may", ({ verb, role, may }) => {
  expect(mayDo(role, verb as ModerationVerb)).toBe(may);
});

test.each(Object.keys(AIMED))("[M1] %s without a target is refused", (verb) => {
  expect(mayDo("host", verb as ModerationVerb)).toBe(false);
});
