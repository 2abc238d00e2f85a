import { findRoomCode } from "./find-room-code.ts";
import { meetingPath } from "./room-links.ts";

/**
 * Where an address that was meant for a meeting leads: `/meet/ABC-DEFG-HIJ.` to `/meet/abc-defg-hij`.
 *
 * @param path - As it is in the address, percent-encoded.
 * @returns undefined for the one form, and for an address that holds no code.
 */
export function canonicalMeetingPath(path: string): string | undefined {
  if (!/^\/+meet\//i.test(path)) return undefined;
  const code = findRoomCode(path);
  const wanted = code && meetingPath(code);
  return wanted === path ? undefined : wanted;
}
