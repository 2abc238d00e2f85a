import { NEWEST, REVISION_HEADER, readRevision } from "./revision-header.ts";

/** Room address → the newest revision that this page has seen of it. A page deals with one or two rooms. */
const seen = new Map<string, number>();

/** The part of a path that identifies a room: `/api/rooms/abc-defg-hij`. */
function roomOf(path: string): string | undefined {
  return /^\/api\/rooms\/[^/?]+/.exec(path)?.[0];
}

/** What a request must send, so that no replica answers it that is older than what this page has seen. */
export function revisionHeaders(path: string): Record<string, string> {
  const revision = seen.get(roomOf(path) ?? "");
  return revision === undefined ? {} : { [REVISION_HEADER]: String(revision) };
}

/**
 * Stores the room's revision from an answer.
 *
 * @param said - `revisionHeaders` of the request that it answers.
 */
export function sawAnswer(path: string, headers: Headers, said: Record<string, string>): void {
  const room = roomOf(path);
  const revision = readRevision(headers);
  if (room === undefined || revision === 0) return;
  const before = seen.get(room) ?? 0;
  // A nudge without a revision sent this request to the primary: its answer is the newest there is.
  const isOfPrimary = before === NEWEST && said[REVISION_HEADER] === String(NEWEST);
  seen.set(room, isOfPrimary ? revision : Math.max(before, revision));
}

/**
 * Stores the revision that a nudge announces; after one without, the next request goes to the primary.
 *
 * @param codeOrPath - The room's code, or an address of the API below the room.
 */
export function sawNudge(codeOrPath: string, revision: number | undefined): void {
  const room = roomOf(codeOrPath) ?? `/api/rooms/${encodeURIComponent(codeOrPath)}`;
  seen.set(room, Math.max(seen.get(room) ?? 0, revision ?? NEWEST));
}
