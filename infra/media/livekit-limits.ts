/**
 * The largest signalling message, in bytes, that LiveKit reads; it counts after inflating. It is LiveKit's own default since 1.13.6,
 * written out because the gatekeeper never lets a larger one through (`gatekeeper/allowance.ts`), and a test compares the two.
 */
export const SIGNAL_MESSAGE_BYTES = 2 * 1024 * 1024;
