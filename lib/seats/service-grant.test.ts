import { expect, test } from "vitest";
import { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import type { ServiceGrant } from "./seat.ts";
import { grantFields, parseServiceGrant } from "./service-grant.ts";

test.each<ServiceGrant>([
  { isHidden: true, sources: [] },
  { isHidden: false, sources: [] },
  { isHidden: false, sources: ["microphone", "screenShare"] },
])("[R43] the grant %j is read as it was stored", (grant) => {
  expect(parseServiceGrant(grantFields(grant))).toEqual(grant);
});

test.each([
  ["a hidden service that publishes", { isHidden: "1", sources: "camera" }],
  ["an unknown source", { isHidden: "0", sources: "microphone,data" }],
  ["a missing field", { isHidden: "", sources: "" }],
])("[R43] %s is no grant", (_, fields) => {
  expect(parseServiceGrant(fields)).toBeUndefined();
});

test("[R42] a seat that was stored as `person` is an account's, and any other kind is none", () => {
  expect(["account", "guest", "service", "person"].map((kind) => ParticipantKind.parse(kind))).toEqual([
    "account",
    "guest",
    "service",
    "account",
  ]);
  expect(ParticipantKind.safeParse("bot").success).toBe(false);
});
