import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MOST_MESSAGE_BYTES } from "../gatekeeper/allowance.ts";
import { ROOT } from "../scripts/stack/paths.ts";
import { SIGNAL_MESSAGE_BYTES } from "./media/livekit-limits.ts";
import { LIVEKIT } from "./versions.ts";

/** Files that cannot import the constant, and the pattern around the version. */
const NAMED = [
  ["infra/media/Dockerfile", /livekit-server:v([\d.]+) AS livekit$/m],
  [".github/workflows/ci.yml", /-livekit-([\d.]+)-/],
  ["docs/operations.md", /\| LiveKit ([\d.]+) \|/],
] as const;

test.each(NAMED)("[D38] %s names the LiveKit release", (path, pattern) => {
  expect(pattern.exec(readFileSync(join(ROOT, path), "utf8"))?.[1]).toBe(LIVEKIT.release);
});

test("[K10] LiveKit has the same message size limit as the gatekeeper", () => {
  expect(SIGNAL_MESSAGE_BYTES).toBe(MOST_MESSAGE_BYTES);
});
