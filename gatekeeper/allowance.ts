const KB = 1024;

/** What one connection may send to LiveKit. Everything counts after inflating. */
export type Allowance = {
  /** The largest single message. */
  messageBytes: number;
  /** The sustained rate. */
  bytesPerSecond: number;
  /** How much it may send in a burst beyond that rate. */
  burstBytes: number;
};

/** No connection can send a larger message, however large its meeting is. LiveKit 1.13.11 reads none that is larger. */
export const MOST_MESSAGE_BYTES = 2 * KB * KB;
/** The largest message in a meeting of up to 32 tracks. */
const MESSAGE_BYTES = 256 * KB;
/**
 * A browser describes every track it receives each time the tracks change. Measured with livekit-client 2.23 in Chromium, for
 * half audio and half video: 113 kB for 20 tracks, 166 kB for 60, 277 kB for 100. A participant who joins late sends the most
 * for each track.
 */
const BYTES_PER_TRACK = 8 * KB;
/** Besides its bytes each frame costs LiveKit some work: a flood of empty ones must not be free. */
const FRAME_COST_BYTES = 64;

/** A waiting guest sends one description of an empty connection, some 10 kB, and a ping now and then. */
export const WAITING: Allowance = { messageBytes: 64 * KB, bytesPerSecond: 4 * KB, burstBytes: 128 * KB };

/** What a participant may send. @param tracks - Published in the LiveKit room. */
export function allowanceInside(tracks: number): Allowance {
  const messageBytes = Math.min(MOST_MESSAGE_BYTES, Math.max(MESSAGE_BYTES, tracks * BYTES_PER_TRACK));
  // While thirty people arrive a browser sends some thirty such descriptions, often two in a second.
  return { messageBytes, bytesPerSecond: messageBytes, burstBytes: 8 * messageBytes };
}

/** What was sent recently, and when that was counted. */
export type Spent = { bytes: number; atMs: number };

/** A token bucket. @returns undefined when the frame is larger than what is left. */
export function spend(spent: Spent, frameBytes: number, allowance: Allowance, nowMs: number): Spent | undefined {
  const regainedBytes = (Math.max(0, nowMs - spent.atMs) / 1_000) * allowance.bytesPerSecond;
  const bytes = Math.max(0, spent.bytes - regainedBytes) + frameBytes + FRAME_COST_BYTES;
  return bytes > allowance.burstBytes ? undefined : { bytes, atMs: nowMs };
}
