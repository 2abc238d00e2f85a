import { BLIND_MS } from "./stall-detector.ts";

/** A track that is expected to deliver: how many packets came in, and when the last did. Times by the browser's clock, in ms. */
export type Delivery = { packets: number; grewAtMs: number };
/** A participant, and the ids of their tracks that are expected to deliver: neither muted nor paused. */
export type Sender = { identity: string; tracks: readonly string[] };
/** One look at a leg: when, when the server gave a sign of life last, and the packets that came in of each track. */
export type Sample = { atMs: number; lastReceivedAtMs: number; packets: ReadonlyMap<string, number> };

/**
 * Nothing comes from a participant for this long, of no track. A voice sends at least every 0.4 s, a camera several times a second;
 * on a busy machine healthy senders paused for up to 2 s. With the looks in between the sign is there within 5 s.
 */
const CUT_OFF_MS = 3_000;
/** The server gave a sign of life this much later than the participant's last packet: so my own network is not to blame. */
const SINCE_MS = 500;

/**
 * Gives the deliveries after another look. A track that has just become expected gets its time from now on, and so do all after a
 * pause in looking: a suspended tab misses packets, which is not the sender's fault.
 */
export function nextDeliveries(
  before: ReadonlyMap<string, Delivery>,
  senders: readonly Sender[],
  { atMs, packets }: Sample,
  lookedAtMs: number,
): Map<string, Delivery> {
  const isBlind = atMs - lookedAtMs > BLIND_MS;
  const next = new Map<string, Delivery>();
  for (const { tracks } of senders) {
    for (const track of tracks) {
      const known = before.get(track);
      const count = packets.get(track) ?? 0;
      const isQuiet = known !== undefined && !isBlind && known.packets === count;
      next.set(track, isQuiet ? known : { packets: count, grewAtMs: atMs });
    }
  }
  return next;
}

/** Identities of those whose network seems cut: they send, nothing of it comes in, and the server is there. */
export function findCutOff(
  deliveries: ReadonlyMap<string, Delivery>,
  senders: readonly Sender[],
  { atMs, lastReceivedAtMs }: Sample,
): string[] {
  return senders.flatMap(({ identity, tracks }) => {
    const times = tracks.flatMap((track) => deliveries.get(track)?.grewAtMs ?? []);
    const lastAtMs = Math.max(...times);
    const isCutOff = times.length > 0 && atMs - lastAtMs >= CUT_OFF_MS && lastReceivedAtMs - lastAtMs >= SINCE_MS;
    return isCutOff ? [identity] : [];
  });
}
