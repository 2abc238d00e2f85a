/** Gives the time in milliseconds since the Unix epoch. Rules take the time as a number; only services hold a clock. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
