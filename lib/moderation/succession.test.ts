import { expect, test } from "vitest";
import { type Candidate, SUCCESSION_GRACE_MS, chooseSuccessor } from "./succession.ts";

const NOW = 1_800_000_000_000;
const LONG_AGO = NOW - SUCCESSION_GRACE_MS;

const one = (identity: string, change: Partial<Candidate> = {}): Candidate => ({
  identity,
  personKey: `a_${identity}`,
  role: "participant",
  kind: "person",
  status: "present",
  joinedAtMs: NOW - 600_000,
  ...change,
});
const early = one("early");
const late = one("late", { joinedAtMs: NOW - 300_000 });
const cohost = one("cohost", { role: "cohost", joinedAtMs: NOW - 100_000 });
const earlierCohost = one("earlier-cohost", { role: "cohost", kind: "guest", joinedAtMs: NOW - 200_000 });
const guest = one("guest", { kind: "guest", joinedAtMs: NOW - 900_000 });
const host = one("host", { role: "host" });

test.each([
  { what: "nobody while a host is there", inside: [host, cohost], since: undefined, becomes: undefined },
  { what: "nobody before the grace is over", inside: [cohost], since: LONG_AGO + 1, becomes: undefined },
  { what: "nobody when a host came back unnoticed", inside: [host, cohost], since: LONG_AGO, becomes: undefined },
  { what: "the co-host before who is longer there", inside: [early, cohost], since: LONG_AGO, becomes: "cohost" },
  { what: "the longest-present co-host", inside: [cohost, earlierCohost], since: LONG_AGO, becomes: "earlier-cohost" },
  { what: "else the longest-present signed-in", inside: [late, early, guest], since: LONG_AGO, becomes: "early" },
  { what: "never a guest", inside: [guest], since: LONG_AGO, becomes: undefined },
  {
    what: "nobody whose connection is lost",
    inside: [{ ...early, status: "away" as const }],
    since: LONG_AGO,
    becomes: undefined,
  },
  {
    what: "somebody though the host's lost seat is kept",
    inside: [{ ...host, status: "away" as const }, early],
    since: LONG_AGO,
    becomes: "early",
  },
  { what: "nobody of an empty meeting", inside: [], since: LONG_AGO, becomes: undefined },
])("[M14] a host gone for good is followed by $what", ({ inside, since, becomes }) => {
  expect(chooseSuccessor(inside, since, NOW)?.identity).toBe(becomes);
});
