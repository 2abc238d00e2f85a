import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LIVEKIT } from "../../infra/versions.ts";
import { messageOf } from "../redis-rest-bridge.ts";
import { goInstall } from "./go-install.ts";
import { archiveName, downloadLiveKit } from "./livekit-release.ts";
import { isSupported, versionIn } from "./livekit-version.ts";
import { installPackage } from "./package-manager.ts";
import { CACHE } from "../stack/paths.ts";
import { ask, findInstalled, findOnPath } from "./program.ts";
import { Stop } from "../stack/stop.ts";

const RELEASE = `https://github.com/livekit/livekit/releases/download/v${LIVEKIT.release}`;
const cached = (version: string) => join(CACHE, `livekit-server-${version}`);
/** Written when the release could not be downloaded, so that the next starts do not wait for it. */
const UNREACHABLE = join(CACHE, `livekit-${LIVEKIT.release}-unreachable`);
/** In milliseconds. After this long the download is tried again. */
const UNREACHABLE_MS = 24 * 60 * 60_000;

/**
 * Finds or installs a supported LiveKit server: from the PATH, the cache, the official release, Homebrew, or built with Go.
 *
 * @throws Stop with instructions when none of them works.
 */
export async function getLiveKit(): Promise<string> {
  const present = findOnPath("livekit-server");
  if (present && isRightVersion(present)) return present;
  if (present)
    console.log(`The livekit-server on the PATH is too old or too new: getting ${LIVEKIT.release} beside it.`);
  // Its checksum was verified, or it was built from this version, before it was put there.
  if (existsSync(cached(LIVEKIT.release))) return cached(LIVEKIT.release);
  if (existsSync(cached(LIVEKIT.buildable)) && wasUnreachableLately()) return cached(LIVEKIT.buildable);

  await mkdir(CACHE, { recursive: true });
  const reasons: string[] = [];
  for (const way of [fromRelease, fromHomebrew, fromCache, fromGo]) {
    try {
      const binary = await way();
      if (isRightVersion(binary)) return binary;
      reasons.push(`${binary} is not a supported version`);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Stop(
    `LiveKit ${LIVEKIT.release} could not be had (${reasons.join("; ")}): ` +
      "connect to the internet, or install Go from https://go.dev/dl, or put livekit-server on the PATH, then run this again.",
  );
}

/** The version of a LiveKit server; its configuration depends on it. */
export function versionOf(binary: string): string {
  const version = versionIn(ask(binary, ["--version"]));
  if (!version) throw new Stop(`${binary} does not print its version.`);
  return version;
}

function isRightVersion(binary: string): boolean {
  return isSupported(versionIn(ask(binary, ["--version"])));
}

function wasUnreachableLately(): boolean {
  const at = statSync(UNREACHABLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - at < UNREACHABLE_MS;
}

async function fromRelease(): Promise<string> {
  const archive = archiveName(LIVEKIT.release, process.platform, process.arch);
  if (!archive) throw new Error(`there is no official build for ${process.platform} ${process.arch}`);
  console.log(`Downloading LiveKit ${LIVEKIT.release} (about 20 MB) …`);
  try {
    await downloadLiveKit(RELEASE, archive, cached(LIVEKIT.release));
  } catch (error) {
    await writeFile(UNREACHABLE, "");
    const reason = `download failed: ${messageOf(error)}`;
    console.log(`  ${reason}`);
    throw new Error(reason, { cause: error });
  }
  return cached(LIVEKIT.release);
}

async function fromHomebrew(): Promise<string> {
  if (process.platform !== "darwin") throw new Error("no Homebrew here");
  const isDone = await installPackage("LiveKit", { brew: "livekit" });
  const binary = isDone ? findInstalled("livekit-server") : undefined;
  if (!binary) throw new Error("Homebrew could not install livekit");
  return binary;
}

/** Built here earlier. */
async function fromCache(): Promise<string> {
  if (!existsSync(cached(LIVEKIT.buildable))) throw new Error("none was built before");
  return cached(LIVEKIT.buildable);
}

async function fromGo(): Promise<string> {
  const go = findOnPath("go");
  if (!go) throw new Error("Go is not installed");
  console.log(`Building LiveKit ${LIVEKIT.buildable} with Go, once: about two minutes on two cores …`);
  const directory = await mkdtemp(`${cached(LIVEKIT.buildable)}-`);
  try {
    await goInstall(go, `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT.buildable}`, directory);
    await rename(join(directory, "server"), cached(LIVEKIT.buildable));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return cached(LIVEKIT.buildable);
}
