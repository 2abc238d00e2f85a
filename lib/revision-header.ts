/**
 * In a request: the newest revision of the room that the browser has seen. In an answer: the newest that the server has seen.
 */
export const REVISION_HEADER = "x-veet-revision";
/** Newer than any revision: makes the primary answer. */
export const NEWEST = Number.MAX_SAFE_INTEGER;

/** @returns 0 for none, and for an invalid revision. */
export function readRevision(headers: Headers): number {
  const revision = Number(headers.get(REVISION_HEADER) ?? 0);
  return Number.isSafeInteger(revision) && revision > 0 ? revision : 0;
}
