/** A part of the tests, as far as its order among the others goes. */
export type Plan = {
  name: string;
  /** Parts whose success it needs. One that is not run at all is not waited for. */
  needs?: readonly string[];
  /** How many cores it keeps busy while it runs: less than one where it mostly waits. */
  cores: number;
};

export type Progress<P extends Plan> = { waiting: readonly P[]; running: readonly P[]; cores: number };

/**
 * The part to start now: the first in the given order that waits for nothing and for which there are cores. One that needs more than
 * there are runs alone.
 *
 * @returns undefined while something has to end first.
 */
export function nextToStart<P extends Plan>({ waiting, running, cores }: Progress<P>): P | undefined {
  const busy = running.reduce((sum, plan) => sum + plan.cores, 0);
  const unfinished = new Set([...waiting, ...running].map(({ name }) => name));
  return waiting.find(
    (plan) => !plan.needs?.some((name) => unfinished.has(name)) && (running.length === 0 || busy + plan.cores <= cores),
  );
}
