import { findRoomCode } from "./find-room-code.ts";
import { meetingPath } from "./room-links.ts";

/**
 * Returns the canonical address of a meeting: `/meet/ABC-DEFG-HIJ.` becomes `/meet/abc-defg-hij`.
 *
 * @param path - The path of the address, percent-encoded.
 * @returns undefined if the path is canonical already, or contains no code.
 */
export function canonicalMeetingPath(path: string): string | undefined {
  if (!/^\/+meet\//i.test(path)) return undefined;
  const code = findRoomCode(path);
  const wanted = code && meetingPath(code);
  return wanted === path ? undefined : wanted;
}
