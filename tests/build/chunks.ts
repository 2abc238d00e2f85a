import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const NEXT = join(import.meta.dirname, "..", "..", ".next");

/** A file of scripts in the production build. `bytes`: compressed as our server sends it. */
export type Chunk = { file: string; bytes: number; text: string };

type Manifest = { entryJSFiles: Record<string, string[]> };

/** What a browser loads before anything else runs, by the part of the page that needs it. Each file counts for the first part. */
export function firstLoadOf(route: string): Map<string, Chunk[]> {
  const { rootMainFiles } = JSON.parse(readFileSync(join(NEXT, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const { entryJSFiles } = manifestOf(route);
  const page = `[project]/app${route === "/" ? "" : route}/page`;
  const parts = {
    "React and Next": rootMainFiles,
    "every page": [] as string[],
    "errors and unknown addresses": [] as string[],
  };
  for (const [entry, files] of Object.entries(entryJSFiles)) {
    if (entry === page) continue;
    parts[entry === "[project]/app/layout" ? "every page" : "errors and unknown addresses"].push(...files);
  }
  return eachOnce({ ...parts, "this page": entryJSFiles[page] ?? [] });
}

/** All that these chunks can load later, without themselves. */
export function laterThan(chunks: readonly Chunk[]): Chunk[] {
  const known = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  for (const chunk of known.values()) {
    for (const [file] of chunk.text.matchAll(/static\/chunks\/[\w~.-]+\.js/g))
      if (!known.has(file)) known.set(file, readChunk(file));
  }
  return [...known.values()].slice(chunks.length);
}

export const kilobytes = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;

function eachOnce(parts: Record<string, string[]>): Map<string, Chunk[]> {
  const seen = new Set<string>();
  const own = Object.entries(parts).map(([part, files]) => {
    const fresh = [...new Set(files)].filter((file) => !seen.has(file));
    for (const file of fresh) seen.add(file);
    return [part, fresh.map(readChunk)] as const;
  });
  return new Map(own);
}

function readChunk(file: string): Chunk {
  const content = readFileSync(join(NEXT, file));
  return { file, bytes: gzipSync(content).length, text: content.toString("utf8") };
}

/** Next writes each route's manifest as a script that sets a global. */
function manifestOf(route: string): Manifest {
  const path = join(NEXT, "server", "app", route, "page_client-reference-manifest.js");
  createRequire(import.meta.url)(path);
  const manifests = (globalThis as { __RSC_MANIFEST?: Record<string, Manifest> }).__RSC_MANIFEST;
  const manifest = manifests?.[`${route === "/" ? "" : route}/page`];
  if (!manifest) throw new Error(`The build has no manifest of ${route}`);
  return manifest;
}
