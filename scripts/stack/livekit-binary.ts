import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../redis-rest-bridge.ts";
import { archiveName, downloadLiveKit } from "./livekit-release.ts";
import { installPackage } from "./package-manager.ts";
import { CACHE } from "./paths.ts";
import { ask, findInstalled, findOnPath } from "./program.ts";
import { Stop } from "./stop.ts";

const VERSION = "1.13.5";
const RELEASE = `https://github.com/livekit/livekit/releases/download/v${VERSION}`;
const CACHED = join(CACHE, `livekit-server-${VERSION}`);

/**
 * Gets a LiveKit server of the version Veet is tested with: from the PATH, the cache, the official release, Homebrew,
 * or built with Go.
 *
 * @throws Stop with the way out when none of them works.
 */
export async function getLiveKit(): Promise<string> {
  const present = findOnPath("livekit-server");
  if (present && isRightVersion(present)) return present;
  if (present) console.log(`The livekit-server on the PATH is not 1.13: getting ${VERSION} beside it.`);
  // Checked against its checksum, or built of this version, before it was put there.
  if (existsSync(CACHED)) return CACHED;

  await mkdir(CACHE, { recursive: true });
  const reasons: string[] = [];
  for (const way of [fromRelease, fromHomebrew, fromGo]) {
    try {
      const binary = await way();
      if (isRightVersion(binary)) return binary;
      reasons.push(`${binary} is not version 1.13`);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Stop(
    `LiveKit ${VERSION} could not be had (${reasons.join("; ")}): ` +
      "connect to the internet, or install Go from https://go.dev/dl, or put livekit-server on the PATH, then run this again.",
  );
}

function isRightVersion(binary: string): boolean {
  return /\b1\.13\.\d+/.test(ask(binary, ["--version"]) ?? "");
}

async function fromRelease(): Promise<string> {
  const archive = archiveName(VERSION, process.platform, process.arch);
  if (!archive) throw new Error(`there is no official build for ${process.platform} ${process.arch}`);
  console.log(`Downloading LiveKit ${VERSION} (about 20 MB) …`);
  try {
    await downloadLiveKit(RELEASE, archive, CACHED);
  } catch (error) {
    const reason = `download failed: ${messageOf(error)}`;
    console.log(`  ${reason}`);
    throw new Error(reason, { cause: error });
  }
  return CACHED;
}

async function fromHomebrew(): Promise<string> {
  if (process.platform !== "darwin") throw new Error("no Homebrew here");
  const isDone = await installPackage("LiveKit", { brew: "livekit" });
  const binary = isDone ? findInstalled("livekit-server") : undefined;
  if (!binary) throw new Error("Homebrew could not install livekit");
  return binary;
}

async function fromGo(): Promise<string> {
  const go = findOnPath("go");
  if (!go) throw new Error("Go is not installed");
  console.log(`Building LiveKit ${VERSION} with Go, once: about two minutes on two cores …`);
  const directory = await mkdtemp(`${CACHED}-`);
  try {
    await goInstall(go, directory);
    await rename(join(directory, "server"), CACHED);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return CACHED;
}

/** `go install -v` writes a line for each download and each package: they are counted rather than shown. */
function goInstall(go: string, directory: string): Promise<void> {
  const startedAt = Date.now();
  let lines: string[] = [];
  let partial = "";
  const tell = setInterval(() => {
    console.log(`  ${Math.round((Date.now() - startedAt) / 1000)} s, ${lines.length} packages fetched or built`);
  }, 10_000);
  const target = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;
  const child = spawn(go, ["install", "-v", target], {
    env: { ...process.env, GOBIN: directory },
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const pieces = (partial + text).split("\n");
    partial = pieces.pop() ?? "";
    lines = lines.concat(pieces);
  });
  return new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) return resolve();
      reject(new Error(`Go could not build it: ${lines.concat(partial).filter(Boolean).slice(-3).join(" / ")}`));
    });
  }).finally(() => clearInterval(tell));
}
