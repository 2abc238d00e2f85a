import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { getShellcheck } from "../infra/testing/shellcheck.ts";
import { ROOT } from "../scripts/stack/paths.ts";
import { type Machine, createMachine } from "./support/backup/machine.ts";

const SETTINGS = `VEET_DOMAIN=meet.example.com\nNEXTAUTH_SECRET=${"n".repeat(64)}\nIDENTITY_SECRET=${"i".repeat(64)}\n`;
/** Each machine starts several processes, which takes long while other tests run. */
const TIMEOUT = { timeout: 300_000 };

const machines: Machine[] = [];
const aMachine = async (settings?: string) => {
  const machine = await createMachine(settings);
  machines.push(machine);
  return machine;
};
afterEach(() => {
  for (const machine of machines.splice(0)) {
    machine.stopRedis();
    rmSync(machine.directory, { recursive: true, force: true });
  }
});

/** A server in use, with a backup of it. */
async function backedUp(): Promise<{ machine: Machine; archive: string }> {
  const machine = await aMachine(SETTINGS);
  await machine.startRedis();
  machine.redis("set", "veet:epoch", "before", "px", "600000");
  machine.redis("hset", "veet:{abc}:bans", "g_eve", "{}");
  machine.redis("pexpire", "veet:{abc}:bans", "500000");
  const { stdout, stderr, status } = machine.run("deploy/backup.sh");
  expect([status, stderr]).toEqual([0, expect.stringContaining("holds every secret")]);
  return { machine, archive: join(machine.directory, stdout.trim()) };
}

/** All of Redis' data, with each key's expiry time. */
const contentOf = ({ redis }: Machine) =>
  redis("keys", "*")
    .split("\n")
    .filter((key) => key !== "veet:epoch")
    .toSorted()
    .map((key) => [key, redis("pexpiretime", key), redis("dump", key)]);

test("[D144] a backup restored on an empty server gives the same rooms to the same owners", TIMEOUT, async () => {
  const before = await aMachine(SETTINGS);
  await before.startRedis();
  const rooms = await before.rooms({ ada: ["Monday", "Tuesday"], grace: ["Planning"] });
  expect(rooms.ada?.map(({ title }) => title).toSorted()).toEqual(["Monday", "Tuesday"]);
  const archive = join(before.directory, before.run("deploy/backup.sh", "elsewhere").stdout.trim());

  const after = await aMachine();
  expect(after.run("deploy/restore.sh", archive)).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(after.envFile, "utf8")).toBe(SETTINGS);
  expect(await after.rooms({ ada: [], grace: [] })).toEqual(rooms);
  expect(contentOf(after)).toEqual(contentOf(before));
});

test("[D144] without the secret of the backup the rooms have no owner", TIMEOUT, async () => {
  const { machine } = await backedUp();
  expect((await machine.rooms({ ada: ["Monday"] })).ada).toHaveLength(1);
  writeFileSync(machine.envFile, SETTINGS.replace("iiii", "jjjj"));
  expect(await machine.rooms({ ada: [] })).toEqual({ ada: [] });
});

test("[D144] restored data and later changes survive a restart of Redis", TIMEOUT, async () => {
  const { archive } = await backedUp();
  const after = await aMachine();
  after.run("deploy/restore.sh", archive);
  after.redis("set", "veet:later", "1");
  after.stopRedis();
  await after.startRedis();
  expect(after.redis("get", "veet:later")).toBe("1");
  expect(after.redis("hget", "veet:{abc}:bans", "g_eve")).toBe("{}");
});

test("[D144] a restored state is recognised as a different one, so that running calls continue", TIMEOUT, async () => {
  const { archive } = await backedUp();
  const after = await aMachine();
  expect(after.run("deploy/restore.sh", archive).stdout).toContain("Restored 1 keys");
  expect(after.redis("exists", "veet:epoch")).toBe("0");
});

test("[D144] only the user who made it can read a backup, and nothing else is left beside it", TIMEOUT, async () => {
  const { machine, archive } = await backedUp();
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(machine.directory, "backups"))).toHaveLength(1);
});

test("[D145] without a running Redis a backup fails with a message and leaves no file", TIMEOUT, async () => {
  const machine = await aMachine(SETTINGS);
  const { status, stderr } = machine.run("deploy/backup.sh");
  expect([status, stderr]).toEqual([1, expect.stringContaining("Redis gave no copy: ")]);
  expect(readdirSync(join(machine.directory, "backups"))).toEqual([]);
});

const REFUSALS: [string, (machine: Machine, archive: string) => void | Promise<void>, string][] = [
  [
    "the backup is damaged",
    (machine, archive) => {
      machine.run("tar", "-xzf", archive);
      writeFileSync(join(machine.directory, "redis.rdb"), "REDIS0010");
      machine.run("tar", "-czf", archive, "redis.rdb", "self-host.env", "version", "SHA256SUMS");
    },
    "is damaged",
  ],
  ["the file cannot be read", (_, archive) => writeFileSync(archive, "no archive"), "cannot be read"],
  [
    "the settings differ",
    ({ envFile }) => writeFileSync(envFile, SETTINGS.replace("iiii", "jjjj")),
    "differs from the backup's",
  ],
  [
    "Redis runs",
    async (machine) => {
      writeFileSync(machine.envFile, SETTINGS);
      await machine.startRedis();
    },
    "Redis runs: stop it first",
  ],
  ["Redis holds something", ({ data }) => writeFileSync(join(data, "dump.rdb"), "older"), "is not empty"],
];

test.each(REFUSALS)("[D145] a restore is refused when %s", TIMEOUT, async (_, prepare, sentence) => {
  const { archive } = await backedUp();
  const after = await aMachine();
  await prepare(after, archive);
  const before = readdirSync(after.data).filter((name) => name !== "appendonlydir");
  const { status, stderr } = after.run("deploy/restore.sh", archive);
  expect([status, stderr]).toEqual([1, expect.stringContaining(sentence)]);
  expect(readdirSync(after.data).filter((name) => name !== "appendonlydir")).toEqual(before);
  expect(after.redis("exists", "veet:{abc}:bans")).not.toBe("1");
});

test("[D145] ShellCheck finds nothing in the scripts", TIMEOUT, async () => {
  const scripts = ["deploy/backup.sh", "deploy/restore.sh", "tests/support/backup/docker"].map((path) =>
    join(ROOT, path),
  );
  const { stdout, status } = spawnSync(await getShellcheck(), ["--shell=sh", ...scripts], { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, ""]);
});
