import { afterEach, beforeEach, expect, test, vi } from "vitest";

const SECRET = "p".repeat(40);
beforeEach(() => void vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

/** The answer to a schedule that sends this secret where that one is configured. */
async function asked(given: string | undefined, configured: string): Promise<string> {
  vi.stubEnv("PROBE_SECRET", configured);
  const { PROBE_HEADER, requireProbeSecret } = await import("./probe-secret.ts");
  try {
    requireProbeSecret(new Headers(given === undefined ? {} : { [PROBE_HEADER]: given }));
    return "may";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test.each([
  ["the secret", SECRET, SECRET, "may"],
  ["nothing", undefined, SECRET, "not_found"],
  ["another", "q".repeat(40), SECRET, "not_found"],
  ["its beginning", SECRET.slice(1), SECRET, "not_found"],
  ["nothing where none is configured", undefined, "", "not_found"],
  ["an empty one where none is configured", "", "", "not_found"],
])("[O5] the schedule that sends %s", async (_, given, configured, expected) => {
  expect(await asked(given, configured)).toBe(expected);
});
