import { globSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "./paths.ts";

/** Stands in for the dynamic parts of an address, and marks our own requests. */
export const WARM_UP = "warming-up";

/** In milliseconds. Next saves compiled code between two requests, only while it is idle (see next.ts). */
const REST_MS = 1_000;

export type Request = { method: "GET" | "OPTIONS"; path: string };

/**
 * Requests that make Next's development server compile everything in app/ without side effects: a GET for pages, and OPTIONS for
 * routes, which Next answers itself.
 */
export function warmUpRequests(files: string[]): Request[] {
  return files.toSorted(pagesFirst).map((file) => ({
    method: isPage(file) ? "GET" : "OPTIONS",
    path: `${file.replace(/^app|\/(page\.tsx|route\.ts)$/g, "").replace(/\[[^\]]+\]/g, WARM_UP)}?${WARM_UP}`,
  }));
}

/**
 * Compiles what no request has needed yet, one route at a time, so that a developer waits for at most one of them. On a slow machine
 * the first press of "Admit" took twelve seconds without this.
 */
export async function warmUp(baseUrl: string): Promise<void> {
  for (const { method, path } of warmUpRequests(globSync("app/**/{page.tsx,route.ts}", { cwd: ROOT }))) {
    await sleep(REST_MS);
    try {
      await (await fetch(`${baseUrl}${path}`, { method, redirect: "manual" })).arrayBuffer();
    } catch {
      // The first real request will compile it.
    }
  }
}

const isPage = (file: string) => file.endsWith("page.tsx");
const pagesFirst = (a: string, b: string) => Number(isPage(b)) - Number(isPage(a)) || a.localeCompare(b);
