import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LIVEKIT } from "../../infra/versions.ts";
import { archiveName, checksumOf, downloadLiveKit } from "./livekit-release.ts";

const ARCHIVE = `livekit_${LIVEKIT.release}_linux_amd64.tar.gz`;
let directory: string;
let server: Server | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-release-"));
});
afterEach(async () => {
  server?.close();
  await rm(directory, { recursive: true, force: true });
});

test.each([
  ["linux", "x64", ARCHIVE],
  ["linux", "arm64", `livekit_${LIVEKIT.release}_linux_arm64.tar.gz`],
  ["linux", "ia32", undefined],
  ["darwin", "arm64", undefined],
] as const)("the official build for %s %s is %s", (platform, arch, expected) => {
  expect(archiveName(LIVEKIT.release, platform, arch)).toBe(expected);
});

test("an archive without a checksum is refused", () => {
  expect(() => checksumOf(`${"a".repeat(64)}  other.tar.gz\n`, ARCHIVE)).toThrow("do not name");
});

test("a download with the right checksum is installed", async () => {
  const url = await serveRelease(await anArchive(), (sum) => sum);
  await downloadLiveKit(url, ARCHIVE, join(directory, "livekit"));
  expect(await readFile(join(directory, "livekit"), "utf8")).toBe("the program");
});

test("a download with a wrong checksum leaves nothing behind", async () => {
  const url = await serveRelease(await anArchive(), () => "0".repeat(64));
  await expect(downloadLiveKit(url, ARCHIVE, join(directory, "livekit"))).rejects.toThrow("checksum");
  expect(await readdir(directory)).not.toContainEqual(expect.stringMatching(/^livekit(?!-server$)/));
});

async function anArchive(): Promise<Buffer> {
  await writeFile(join(directory, "livekit-server"), "the program");
  return execFileSync("tar", ["-czf", "-", "-C", directory, "livekit-server"]);
}

async function serveRelease(archive: Buffer, tell: (sum: string) => string): Promise<string> {
  const sum = createHash("sha256").update(archive).digest("hex");
  server = createServer((request, response) => {
    response.end(request.url === "/checksums.txt" ? `${tell(sum)}  ${ARCHIVE}\n` : archive);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "";
}
