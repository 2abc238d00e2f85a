import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ask } from "./program.ts";

/** In milliseconds. How long the release page can take to answer: without internet the next method is tried soon. */
const CONNECT_MS = 5_000;
const DOWNLOAD_MS = 300_000;

/** Official builds exist for Linux and Windows only. On a Mac LiveKit comes from Homebrew. */
export function archiveName(version: string, platform: NodeJS.Platform, arch: string): string | undefined {
  const goArch = { x64: "amd64", arm64: "arm64" }[arch];
  return platform === "linux" && goArch ? `livekit_${version}_linux_${goArch}.tar.gz` : undefined;
}

/**
 * Downloads an official LiveKit release and checks it against the checksums published with it.
 *
 * The checksums come from the same page as the archive: they detect a broken or incomplete download, not a forged release.
 * They are not pinned here yet, because this was written on a machine that cannot reach the page.
 *
 * @throws Error with the reason, so that the caller can try another method.
 */
export async function downloadLiveKit(releaseUrl: string, archive: string, target: string): Promise<void> {
  const checksums = await fetch(`${releaseUrl}/checksums.txt`, { signal: AbortSignal.timeout(CONNECT_MS) });
  if (!checksums.ok) throw new Error(`the release page answered ${checksums.status}`);
  const wanted = checksumOf(await checksums.text(), archive);

  const directory = await mkdtemp(`${target}-`);
  try {
    const file = join(directory, archive);
    await downloadWithProgress(`${releaseUrl}/${archive}`, file);
    const actual = createHash("sha256").update(await readFile(file)).digest("hex"); // prettier-ignore
    if (actual !== wanted) throw new Error(`the checksum of ${archive} is wrong (the download may be broken)`);
    if (ask("tar", ["-xzf", file, "-C", directory, "livekit-server"], 60_000) === undefined)
      throw new Error("tar could not unpack it");
    await rename(join(directory, "livekit-server"), target);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** @throws Error when the list does not name the archive. */
export function checksumOf(list: string, archive: string): string {
  const line = list.split("\n").find((candidate) => candidate.trim().split(/\s+/)[1] === archive);
  const sum = line?.trim().split(/\s+/)[0];
  if (!sum || !/^[0-9a-f]{64}$/.test(sum)) throw new Error(`the published checksums do not name ${archive}`);
  return sum;
}

async function downloadWithProgress(url: string, file: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
  if (!response.ok || !response.body) throw new Error(`the download answered ${response.status}`);
  const total = Number(response.headers.get("content-length") ?? 0);
  let received = 0;
  let tellAt = 0;
  const told = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      received += chunk.length;
      if (Date.now() > tellAt) {
        tellAt = Date.now() + 1_000;
        console.log(`  ${(received / 1e6).toFixed(1)} MB${total ? ` of ${(total / 1e6).toFixed(1)} MB` : ""}`);
      }
      yield chunk;
    }
  };
  await pipeline(Readable.from(response.body), told, createWriteStream(file));
}
