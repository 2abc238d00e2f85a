/**
 * The largest signalling message, in bytes after inflating, that LiveKit reads. It is LiveKit's default since 1.13.6, set explicitly
 * because the gatekeeper has the same limit (`gatekeeper/allowance.ts`); a test compares the two.
 */
export const SIGNAL_MESSAGE_BYTES = 2 * 1024 * 1024;
