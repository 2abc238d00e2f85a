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
  ["a noun that knows one above it", "lib/rooms/upwards.ts", "lib/lobby/rule.ts", "rooms-imports-downwards"],
  [
    "a call that takes a service",
    "lib/call/connection/leg-manager.ts",
    "lib/tokens/token-service.ts",
    "call-stays-in-browser",
  ],
  ["a service that bypasses its repository", "lib/lobby/a-service.ts", "lib/redis/client.ts", "redis-in-repositories"],
  ["a rule that reaches the server", "lib/lobby/ticket.ts", "lib/livekit/admin-client.ts", "rules-are-pure"],
  ["plumbing that knows a noun", "lib/http/handle.ts", "lib/rooms/rule.ts", "plumbing-knows-no-noun"],
  ["lib that holds a screen", "lib/rooms/screen.ts", "components/ui/tile.tsx", "lib-without-react"],
  ["a primitive that knows the product", "components/ui/button.tsx", "lib/rooms/rule.ts", "ui-knows-no-product"],
  ["a lobby that knows the meeting", "components/lobby/up.tsx", "components/meeting/m.tsx", LOBBY_RULE],
  ["a layout that knows the home page", "components/layout/up.tsx", "components/home/m.tsx", LAYOUT_RULE],
  ["a folder of components without a place", "components/new/x.tsx", "components/ui/y.tsx", "components-folder-listed"],
  ["a story that looks behind the product", "tests/e2e/lobby.spec.ts", "lib/rooms/rule.ts", "stories-are-black-box"],
  ["a noun that knows who is present", "lib/lobby/present.ts", "lib/presence/rule.ts", "lobby-imports-downwards"],
  ["a rule that follows in the browser", "lib/lobby/followed.ts", "lib/lobby/entry-feed.ts", "rules-are-pure"],
  ["a door that knocks by itself", "gatekeeper/door.ts", "lib/lobby/rule.ts", "gatekeeper-shares-rules"],
  ["a product that sets its own scene", "lib/rooms/staged.ts", "lib/testing/places.ts", "testing-in-tests-only"],
  ["an app that needs what deploys it", "lib/regions/deployed.ts", "infra/regions.ts", "app-knows-no-infra"],
  ["a product that needs its scripts", "lib/rooms/scripted.ts", "scripts/dev.ts", "scripts-are-no-product"],
] as const;

const ALLOWED = [
  ["a screen takes a schema", "components/allowed.tsx", "lib/lobby/lobby-schema.ts"],
  ["the meeting takes a panel", "components/meeting/allowed.tsx", "components/chat/panel.tsx"],
  ["a noun takes a service below it", "lib/lobby/allowed-service.ts", "lib/tokens/token-service.ts"],
  ["a gatekeeper asks who is present", "gatekeeper/allowed.ts", "lib/presence/admission-service.ts"],
  ["a feed asks the server", "lib/lobby/allowed-feed.ts", "lib/http/api-client.ts"],
  ["a call takes a feed", "lib/call/allowed.ts", "lib/lobby/lobby-queue-feed.ts"],
  ["a repository reads Redis", "lib/lobby/allowed-repository.ts", "lib/redis/client.ts"],
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

test.each(FORBIDDEN)("%s is caught", (_, from, __, rule) => {
  expect(violations).toContainEqual({ from, rule });
});

test("a type is an import like any other", () => {
  expect(violations).toContainEqual({ from: "components/typed.tsx", rule: "browser-stays-in-browser" });
});

test("a circle is caught", () => {
  expect(violations).toContainEqual({ from: expect.stringMatching("lib/rooms/[ab].ts"), rule: "no-cycles" });
});

test.each(ALLOWED)("%s without objection", (_, from) => {
  expect(violations.filter((violation) => violation.from === from)).toEqual([]);
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), text);
}

/** What dependency-cruiser objects to in what was planted, by the project's own configuration. */
function findViolations(): { from: string; rule: string }[] {
  const depcruise = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const args = [depcruise, "--config", join(ROOT, ".dependency-cruiser.mjs"), "--output-type", "json", "."];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: planted, encoding: "utf8" });
  if (!stdout) throw new Error(`dependency-cruiser did not run: ${stderr}`);
  const report: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(stdout);
  return report.summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}
