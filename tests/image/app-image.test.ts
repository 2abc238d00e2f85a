import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeAppTree } from "../../scripts/images/app-tree.ts";
import { ROOT } from "../../scripts/stack/paths.ts";
import { freePort } from "../../scripts/stack/ports.ts";

const MOST_BYTES = 200e6;
/** Alpine unpacked, plus the libraries that Node is linked with, rounded up: this machine has neither. */
const BASE_BYTES = 16e6;
const NOBODY = 65_534;
const MEDIA_SITES = JSON.stringify({
  url: "wss://{site}.rtc.meet.example.com",
  apiUrl: "http://livekit-{site}:7880",
  regions: [{ region: "local", sites: ["a", "b"], keys: [{ apiKey: "veet", apiSecret: "l".repeat(64) }] }],
});

let image: string;
let tree: string;
let node: string;
let server: ChildProcess | undefined;
let url: string;

type Found = { path: string; bytes: number };
const filesIn = (directory: string): Found[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: statSync(path).size }))
    .toSorted((a, b) => a.path.localeCompare(b.path));

beforeAll(async () => {
  if (!existsSync(join(ROOT, ".next", "standalone")))
    throw new Error("There is no production build: run `npm test -- --only build,lambda`.");
  image = mkdtempSync(join(tmpdir(), "veet-image-"));
  chmodSync(image, 0o755);
  [tree, node] = [join(image, "veet"), join(image, "node")];
  copyFileSync(process.execPath, node);
  await writeAppTree(tree);
}, 300_000);

afterAll(() => {
  server?.kill("SIGKILL");
  rmSync(image, { recursive: true, force: true });
});

test("[D126] the app's image stays below 200 MB", () => {
  const bytes = filesIn(tree).reduce((sum, file) => sum + file.bytes, BASE_BYTES + statSync(node).size);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test("[D126] the files of Next and of Veet run on every processor", () => {
  expect(filesIn(tree).filter(({ path }) => /\.node$|\.so(\.\d+)*$/.test(path))).toEqual([]);
});

/** Runs the image's command. As root, it switches to the image's user; otherwise it drops the right to write. */
async function start(): Promise<void> {
  if (process.getuid?.() !== 0) for (const { path } of filesIn(tree)) chmodSync(path, 0o444);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PORT: String(port),
    NEXTAUTH_URL: "https://meet.example.com",
    NEXTAUTH_SECRET: "n".repeat(64),
    IDENTITY_SECRET: "i".repeat(64),
    UPSTASH_REDIS_REST_URL: "http://127.0.0.1:9",
    UPSTASH_REDIS_REST_TOKEN: "r".repeat(64),
    MEDIA_SITES,
    UPSTASH_DISABLE_TELEMETRY: "1",
  };
  const who = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const started = spawn(node, ["scripts/images/app.mjs"], { cwd: tree, env, ...who });
  server = started;
  const lines: string[] = [];
  started.stderr.on("data", (some) => lines.push(String(some)));
  for await (const line of createInterface({ input: started.stdout })) {
    lines.push(line);
    if (line.startsWith("Veet listens")) return;
  }
  throw new Error(lines.join("\n"));
}

test("[D126] the app serves pages, scripts and API as an unprivileged user, and changes no file", async () => {
  const before = filesIn(tree);
  await start();
  const page = await fetch(url);
  expect(page.status).toBe(200);
  const [script = ""] = /\/_next\/static\/[^"]+\.js/.exec(await page.text()) ?? [];
  expect((await fetch(url + script)).status).toBe(200);
  // Redis is not running, which the API reports.
  const health = await fetch(`${url}/api/health`);
  expect([health.status, await health.json()]).toMatchObject([503, { redis: "unreachable" }]);
  expect(filesIn(tree)).toEqual(before);
});
