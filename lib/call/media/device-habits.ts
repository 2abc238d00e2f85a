import type { CaptureKind } from "./capture.ts";

/**
 * Whether two devices of the kind can be open at once, so that a new one is tried while the old one still runs.
 *
 * Safari ends the first of two, and phones have one path for all their cameras.
 */
export function canHoldTwo(kind: CaptureKind, userAgent: string): boolean {
  const isApple = /iPhone|iPad|iPod/.test(userAgent);
  const isSafari = userAgent.includes("Safari/") && !/Chrom|Edg|Android/.test(userAgent);
  if (isApple || isSafari) return false;
  return kind === "microphone" || !/Android|Mobile/.test(userAgent);
}
