import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

const LOBBY_RULE = "components-lobby-imports-downwards";
const LAYOUT_RULE = "components-layout-imports-downwards";
const FORBIDDEN = [
  ["a screen that reads Redis", "components/x.tsx", "lib/rooms/room-repository.ts", "browser-stays-in-browser"],
  ["a feed that reads the environment", "lib/lobby/lobby-feed.ts", "lib/env.ts", "browser-stays-in-browser"],
  ["a noun that imports one above it", "lib/rooms/upwards.ts", "lib/lobby/rule.ts", "rooms-imports-downwards"],
  [
    "a call that imports a service",
    "lib/call/connection/leg-manager.ts",
    "lib/tokens/token-service.ts",
    "call-stays-in-browser",
  ],
  ["a service that bypasses its repository", "lib/lobby/a-service.ts", "lib/redis/client.ts", "redis-in-repositories"],
  ["a rule that calls the server", "lib/lobby/ticket.ts", "lib/livekit/admin-client.ts", "rules-are-pure"],
  ["plumbing that imports a noun", "lib/http/handle.ts", "lib/rooms/rule.ts", "plumbing-knows-no-noun"],
  ["a screen in lib", "lib/rooms/screen.ts", "components/ui/tile.tsx", "lib-without-react"],
  ["a primitive that imports the product", "components/ui/button.tsx", "lib/rooms/rule.ts", "ui-knows-no-product"],
  ["a lobby that imports the meeting", "components/lobby/up.tsx", "components/meeting/m.tsx", LOBBY_RULE],
  ["a layout that imports the home page", "components/layout/up.tsx", "components/home/m.tsx", LAYOUT_RULE],
  ["an unlisted folder of components", "components/new/x.tsx", "components/ui/y.tsx", "components-folder-listed"],
  ["a story that imports the product's code", "tests/e2e/lobby.spec.ts", "lib/rooms/rule.ts", "stories-are-black-box"],
  ["a noun that imports presence", "lib/lobby/present.ts", "lib/presence/rule.ts", "lobby-imports-downwards"],
  ["a rule that imports a feed", "lib/lobby/followed.ts", "lib/lobby/entry-feed.ts", "rules-are-pure"],
  ["a service that nudges by itself", "lib/chat/a-service.ts", "lib/seats/nudge-service.ts", "nudges-follow-events"],
  ["a gatekeeper that reads the app's secrets", "gatekeeper/main.ts", "lib/env.ts", "gatekeeper-reads-own-environment"],
  ["a gatekeeper that imports lobby rules", "gatekeeper/door.ts", "lib/lobby/rule.ts", "gatekeeper-shares-rules"],
  ["a product that imports test helpers", "lib/rooms/staged.ts", "lib/testing/places.ts", "testing-in-tests-only"],
  ["an app that imports its deployment code", "lib/regions/deployed.ts", "infra/regions.ts", "app-knows-no-infra"],
  ["a product that imports scripts", "lib/rooms/scripted.ts", "scripts/dev.ts", "scripts-are-no-product"],
] as const;

const ALLOWED = [
  ["a screen imports a schema", "components/allowed.tsx", "lib/lobby/lobby-schema.ts"],
  ["the meeting imports a panel", "components/meeting/allowed.tsx", "components/chat/panel.tsx"],
  ["a noun imports a service below it", "lib/lobby/allowed-service.ts", "lib/tokens/token-service.ts"],
  ["the gatekeeper imports presence", "gatekeeper/allowed.ts", "lib/presence/admission-service.ts"],
  ["a feed imports the API client", "lib/lobby/allowed-feed.ts", "lib/http/api-client.ts"],
  ["a call imports a feed", "lib/call/allowed.ts", "lib/lobby/lobby-queue-feed.ts"],
  ["a repository imports the Redis client", "lib/lobby/allowed-repository.ts", "lib/redis/client.ts"],
] as const;

let planted: string;
let violations: { from: string; rule: string }[];
beforeAll(() => {
  planted = mkdtempSync(join(tmpdir(), "veet-architecture-"));
  plant("package.json", JSON.stringify({ type: "module", imports: { "#*": "./*" } }));
  for (const [, from, to] of [...FORBIDDEN, ...ALLOWED]) {
    plant(from, `import { x } from "#${to}";\nexport const y = x;\n`);
    plant(to, "export const x = 1;\n");
  }
  plant("components/typed.tsx", 'import type { X } from "#lib/rooms/room-service.ts";\nexport const y: X = 1;\n');
  plant("lib/rooms/room-service.ts", "export type X = number;\n");
  plant("lib/rooms/a.ts", 'import { b } from "./b.ts";\nexport const a = b;\n');
  plant("lib/rooms/b.ts", 'import { a } from "./a.ts";\nexport const b = a;\n');
  violations = findViolations();
  // dependency-cruiser takes 2 s on an idle machine and many times that on a busy one.
}, 120_000);
afterAll(() => rmSync(planted, { recursive: true }));

test.each(FORBIDDEN)("%s is detected", (_, from, __, rule) => {
  expect(violations).toContainEqual({ from, rule });
});

test("a type is an import like any other", () => {
  expect(violations).toContainEqual({ from: "components/typed.tsx", rule: "browser-stays-in-browser" });
});

test("a circular import is detected", () => {
  expect(violations).toContainEqual({ from: expect.stringMatching("lib/rooms/[ab].ts"), rule: "no-cycles" });
});

test.each(ALLOWED)("allowed: %s", (_, from) => {
  expect(violations.filter((violation) => violation.from === from)).toEqual([]);
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), text);
}

/** The violations that dependency-cruiser finds in the planted files, with the project's own configuration. */
function findViolations(): { from: string; rule: string }[] {
  const depcruise = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const args = [depcruise, "--config", join(ROOT, ".dependency-cruiser.mjs"), "--output-type", "json", "."];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: planted, encoding: "utf8" });
  if (!stdout) throw new Error(`dependency-cruiser did not run: ${stderr}`);
  const report: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(stdout);
  return report.summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}
