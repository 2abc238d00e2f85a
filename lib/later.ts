/** Takes work that no request waits for. Failures are logged; the caller has another way to repeat the work. */
export type Later = (work: () => Promise<void>) => void;
