/** Takes work that nobody is to wait for. What fails is logged; whoever hands it over has something that repeats it. */
export type Later = (work: () => Promise<void>) => void;
