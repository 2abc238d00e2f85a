import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "../../scripts/stack/paths.ts";
import { findOnPath } from "../../scripts/provision/program.ts";
import { getShellcheck } from "../testing/shellcheck.ts";
import { CONTAINER_USER, NODE_IP_FILE, userData } from "./user-data.ts";

let sandbox: string;
let metadata: Server;
let answer: { address: string; status: number };
let asked: string[];

beforeEach(async () => {
  sandbox = mkdtempSync(join(tmpdir(), "veet-user-data-"));
  [answer, asked] = [{ address: "203.0.113.7", status: 200 }, []];
  metadata = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${String(request.headers["x-aws-ec2-metadata-token"] ?? "-")}`);
    if (request.method === "PUT" && request.url === "/latest/api/token") return response.end("session");
    // Version 2 of the metadata service answers only with a session token.
    if (request.headers["x-aws-ec2-metadata-token"] !== "session") return response.writeHead(401).end();
    return response.writeHead(answer.status).end(answer.address);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => metadata.once("listening", resolve));
});
afterEach(() => {
  metadata.close();
  rmSync(sandbox, { recursive: true });
});

/** Runs it in a sandboxed root, with only the allowed programs on the PATH. */
function boot(): Promise<number | null> {
  const programs = join(sandbox, "bin");
  mkdirSync(programs);
  for (const name of ["bash", "mkdir", "cat", "curl", "chmod"]) {
    const found = findOnPath(name);
    if (!found) throw new Error(`${name} is needed to run this test`);
    symlinkSync(found, join(programs, name));
  }
  // Kernel settings belong to the machine: the test only records that they are loaded.
  const root = join(sandbox, "root");
  mkdirSync(root);
  writeFileSync(join(programs, "sysctl"), `#!${findOnPath("bash")}\nprintf '%s' "$*" > "${sandbox}/sysctl"\n`);
  writeFileSync(join(programs, "iptables"), `#!${findOnPath("bash")}\nprintf '%s' "$*" > "${sandbox}/iptables"\n`);
  for (const name of ["sysctl", "iptables"]) chmodSync(join(programs, name), 0o755);
  writeFileSync(join(sandbox, "script"), userData("veet-test-use1a"));
  const url = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`;
  const env = { NODE_ENV: "test" as const, PATH: programs, ROOT: root, METADATA: url, NO_PROXY: "*" };
  const child = spawn(join(programs, "bash"), [join(sandbox, "script")], { env, stdio: "ignore" });
  return new Promise((resolve) => child.on("exit", resolve));
}
const written = (path: string) => readFileSync(join(sandbox, "root", path), "utf8");

test("[D26] a node reads its public address with a session token, and joins its cluster with six hours to drain", async () => {
  expect(await boot()).toBe(0);
  expect(written(NODE_IP_FILE)).toBe("203.0.113.7");
  expect(written("etc/ecs/ecs.config").split("\n")).toEqual(
    expect.arrayContaining(["ECS_CLUSTER=veet-test-use1a", "ECS_CONTAINER_STOP_TIMEOUT=6h"]),
  );
  expect(written("etc/sysctl.d/90-livekit.conf")).toContain("net.core.rmem_max=16777216");
  expect(readFileSync(join(sandbox, "sysctl"), "utf8")).toBe(
    `--load ${join(sandbox, "root", "etc/sysctl.d/90-livekit.conf")}`,
  );
  expect(asked).toEqual(["PUT /latest/api/token -", "GET /latest/meta-data/public-ipv4 session"]);
});

test("[D67] containers cannot get the machine's credentials from the metadata service, not even after a restart", async () => {
  expect(await boot()).toBe(0);
  const rule = "--wait --insert OUTPUT --destination 169.254.169.254 --match owner --uid-owner 65534 --jump REJECT";
  expect(readFileSync(join(sandbox, "iptables"), "utf8")).toBe(rule);
  expect(written("var/lib/cloud/scripts/per-boot/veet-metadata")).toBe(`#!/bin/bash\niptables ${rule}\n`);
  const users = ["Dockerfile", "infra/media/Dockerfile"].flatMap((path) =>
    [...readFileSync(join(ROOT, path), "utf8").matchAll(/^USER (\S+)$/gm)].map(([, user]) => user),
  );
  expect(new Set(users)).toEqual(new Set([`${CONTAINER_USER}:${CONTAINER_USER}`]));
});

test.each([
  ["no address", { address: "", status: 404 }],
  ["something else", { address: "<html>", status: 200 }],
])("[D26] a node whose metadata says %s never joins its cluster", async (_, given) => {
  answer = given;
  expect(await boot()).not.toBe(0);
  expect(existsSync(join(sandbox, "root", "etc/ecs/ecs.config"))).toBe(false);
});

test("[D26] ShellCheck finds nothing, and would find a planted mistake", async () => {
  const shellcheck = await getShellcheck();
  const check = (script: string) =>
    spawnSync(shellcheck, ["--severity=style", "--shell=bash", "-"], { input: script, encoding: "utf8" });
  expect(check(userData("veet-test-use1a")).stdout).toBe("");
  expect(check(userData("veet-test-use1a").replace('mkdir -p "$root/etc/ecs"', "mkdir -p $root/etc/ecs")).status).toBe(
    1,
  );
}, 120_000);
