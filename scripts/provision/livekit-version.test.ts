import { expect, test } from "vitest";
import { LIVEKIT } from "../../infra/versions.ts";
import { forVersion, isAtLeast, isSupported, versionIn } from "./livekit-version.ts";

test.each([
  ["livekit-server version 1.13.11\n", "1.13.11"],
  ["livekit-server version v1.13.5", "1.13.5"],
  ["livekit-server version dev", undefined],
  [undefined, undefined],
])("the version in %j is %s", (printed, version) => {
  expect(versionIn(printed)).toBe(version);
});

test.each([
  ["1.13.11", "1.13.6", true],
  ["1.13.5", "1.13.6", false],
  ["1.13.6", "1.13.6", true],
  ["2.0.0", "1.13.6", true],
  ["1.9.9", "1.13.6", false],
])("%s is at least %s: %s", (version, other, expected) => {
  expect(isAtLeast(version, other)).toBe(expected);
});

test.each([
  [LIVEKIT.release, true],
  [LIVEKIT.buildable, true],
  ["1.13.12", true],
  ["1.13.10", false],
  ["1.14.0", false],
  [undefined, false],
])("[D38] LiveKit %s on the PATH is used: %s", (version, expected) => {
  expect(isSupported(version)).toBe(expected);
});

test.each([
  [LIVEKIT.release, { max_metadata_size: 1, signal_message_size_limit: 2 }],
  [LIVEKIT.buildable, { max_metadata_size: 1 }],
])("[D38] the configuration for %s has the limits that it supports", (version, limit) => {
  const config = { port: 7880, limit: { max_metadata_size: 1, signal_message_size_limit: 2 } };
  expect(forVersion(config, version)).toEqual({ port: 7880, limit });
});
