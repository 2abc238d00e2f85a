import { expect, test } from "vitest";
import { HOST_GRACE_MS } from "#lib/seats/liveness.ts";
import { type Candidate, chooseSuccessor } from "./succession.ts";

const NOW = 1_800_000_000_000;
const LONG_AGO = NOW - HOST_GRACE_MS;

const one = (identity: string, change: Partial<Candidate> = {}): Candidate => ({
  identity,
  personKey: `a_${identity}`,
  role: "participant",
  kind: "account",
  status: "present",
  joinedAtMs: NOW - 600_000,
  ...change,
});
const early = one("early");
const late = one("late", { joinedAtMs: NOW - 300_000 });
const cohost = one("cohost", { role: "cohost", joinedAtMs: NOW - 100_000 });
const earlierCohost = one("earlier-cohost", { role: "cohost", kind: "guest", joinedAtMs: NOW - 200_000 });
const guest = one("guest", { kind: "guest", joinedAtMs: NOW - 900_000 });
const service = one("service", { kind: "service", joinedAtMs: NOW - 900_000 });
const host = one("host", { role: "host" });

test.each([
  { what: "no one while a host is present", inside: [host, cohost], since: undefined, becomes: undefined },
  { what: "no one before the grace period ends", inside: [cohost], since: LONG_AGO + 1, becomes: undefined },
  { what: "no one when a host returned unnoticed", inside: [host, cohost], since: LONG_AGO, becomes: undefined },
  {
    what: "the co-host, before participants present longer",
    inside: [early, cohost],
    since: LONG_AGO,
    becomes: "cohost",
  },
  { what: "the co-host present longest", inside: [cohost, earlierCohost], since: LONG_AGO, becomes: "earlier-cohost" },
  {
    what: "the signed-in participant present longest, without a co-host",
    inside: [late, early, guest],
    since: LONG_AGO,
    becomes: "early",
  },
  { what: "no guest and no service [R42]", inside: [guest, service], since: LONG_AGO, becomes: undefined },
  { what: "no one when only a guest is present", inside: [guest], since: LONG_AGO, becomes: undefined },
  {
    what: "no one whose connection is lost",
    inside: [{ ...early, status: "away" as const }],
    since: LONG_AGO,
    becomes: undefined,
  },
  {
    what: "a participant even though the host's lost seat is kept",
    inside: [{ ...host, status: "away" as const }, early],
    since: LONG_AGO,
    becomes: "early",
  },
  { what: "no one in an empty meeting", inside: [], since: LONG_AGO, becomes: undefined },
])("[M14] a host gone past the grace period is succeeded by $what", ({ inside, since, becomes }) => {
  expect(chooseSuccessor(inside, since, NOW)?.identity).toBe(becomes);
});
