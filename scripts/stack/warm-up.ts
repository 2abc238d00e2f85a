import { globSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "./paths.ts";

/** Stands in for the changing parts of an address, and marks what we asked for ourselves. */
export const WARM_UP = "warming-up";

/** Between two requests Next keeps what it compiled, which it does only when it has nothing to do (see next.ts). */
const REST_MS = 1_000;

export type Request = { method: "GET" | "OPTIONS"; path: string };

/**
 * Requests that make Next's development server compile everything in app/ and change nothing: pages are read, and routes asked
 * which methods they have, which Next answers by itself.
 */
export function warmUpRequests(files: string[]): Request[] {
  return files.toSorted(pagesFirst).map((file) => ({
    method: isPage(file) ? "GET" : "OPTIONS",
    path: `${file.replace(/^app|\/(page\.tsx|route\.ts)$/g, "").replace(/\[[^\]]+\]/g, WARM_UP)}?${WARM_UP}`,
  }));
}

/**
 * Has everything compiled that nobody asked for yet, one by one, so that whoever uses the site meanwhile waits for one of them at
 * most. On a slow machine the first press of "Admit" took twelve seconds without.
 */
export async function warmUp(baseUrl: string): Promise<void> {
  for (const { method, path } of warmUpRequests(globSync("app/**/{page.tsx,route.ts}", { cwd: ROOT }))) {
    await sleep(REST_MS);
    try {
      await (await fetch(`${baseUrl}${path}`, { method, redirect: "manual" })).arrayBuffer();
    } catch {
      // Whoever comes to it will compile it.
    }
  }
}

const isPage = (file: string) => file.endsWith("page.tsx");
const pagesFirst = (a: string, b: string) => Number(isPage(b)) - Number(isPage(a)) || a.localeCompare(b);
