import { NEWEST, REVISION_HEADER, readRevision } from "./revision-header.ts";

/** Room address → the newest revision that this page has seen of it. A page is about one room or two. */
const seen = new Map<string, number>();

/** The part of a path that names a room: `/api/rooms/abc-defg-hij`. */
function roomOf(path: string): string | undefined {
  return /^\/api\/rooms\/[^/?]+/.exec(path)?.[0];
}

/** What a request must say, so that no replica answers it that is older than what this page has seen. */
export function revisionHeaders(path: string): Record<string, string> {
  const revision = seen.get(roomOf(path) ?? "");
  return revision === undefined ? {} : { [REVISION_HEADER]: String(revision) };
}

/**
 * An answer says what it knew of its room.
 *
 * @param said - `revisionHeaders` of the request that it answers.
 */
export function sawAnswer(path: string, headers: Headers, said: Record<string, string>): void {
  const room = roomOf(path);
  const revision = readRevision(headers);
  if (room === undefined || revision === 0) return;
  const before = seen.get(room) ?? 0;
  // The primary was asked because of a nudge without a revision: its answer is the newest there is.
  const isOfPrimary = before === NEWEST && said[REVISION_HEADER] === String(NEWEST);
  seen.set(room, isOfPrimary ? revision : Math.max(before, revision));
}

/**
 * A nudge says which revision it announces; one without has the primary asked next.
 *
 * @param codeOrPath - The room's code, or an address of the API below the room.
 */
export function sawNudge(codeOrPath: string, revision: number | undefined): void {
  const room = roomOf(codeOrPath) ?? `/api/rooms/${encodeURIComponent(codeOrPath)}`;
  seen.set(room, Math.max(seen.get(room) ?? 0, revision ?? NEWEST));
}
