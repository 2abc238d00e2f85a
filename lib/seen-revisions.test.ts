import { expect, test } from "vitest";
import { NEWEST, REVISION_HEADER, readRevision } from "./revision-header.ts";
import { revisionHeaders, sawAnswer, sawNudge } from "./seen-revisions.ts";

const answer = (revision: number) => new Headers({ [REVISION_HEADER]: String(revision) });
const said = (path: string) => revisionHeaders(path)[REVISION_HEADER];

test("[H55] a page sends the newest revision of a room that it has seen, in an answer or a nudge", () => {
  expect(revisionHeaders("/api/rooms/aaa")).toEqual({});
  sawAnswer("/api/rooms/aaa/entry", answer(7), {});
  sawAnswer("/api/rooms/aaa", answer(5), {});
  expect([said("/api/rooms/aaa/lobby?x=1"), said("/api/rooms/bbb"), said("/api/health")]).toEqual([
    "7",
    undefined,
    undefined,
  ]);
  sawNudge("aaa", 9);
  sawNudge("/api/rooms/aaa", 8);
  expect(said("/api/rooms/aaa/presence")).toBe("9");
});

test("[H55] after a nudge without a revision the primary is asked once", () => {
  sawAnswer("/api/rooms/ccc", answer(3), {});
  const before = revisionHeaders("/api/rooms/ccc");
  sawNudge("ccc", undefined);
  expect(said("/api/rooms/ccc")).toBe(String(NEWEST));
  // The answer to a request sent before the nudge may have come from a replica.
  sawAnswer("/api/rooms/ccc/lobby", answer(4), before);
  expect(said("/api/rooms/ccc")).toBe(String(NEWEST));
  sawAnswer("/api/rooms/ccc/lobby", answer(4), revisionHeaders("/api/rooms/ccc"));
  expect(said("/api/rooms/ccc")).toBe("4");
});

test.each([
  ["12", 12],
  ["0", 0],
  ["-3", 0],
  ["1.5", 0],
  ["x", 0],
  ["9007199254740993", 0],
])("[H55] a revision of %s is read as %i", (text, revision) => {
  expect(readRevision(new Headers({ [REVISION_HEADER]: text }))).toBe(revision);
});
