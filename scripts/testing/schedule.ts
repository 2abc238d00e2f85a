/** The scheduling properties of a test stage. */
export type Plan = {
  name: string;
  /** Stages that must pass before it. One that is not selected is ignored. */
  needs?: readonly string[];
  /** How many cores it keeps busy: less than one if it mostly waits. */
  cores: number;
};

export type Progress<P extends Plan> = { waiting: readonly P[]; running: readonly P[]; cores: number };

/**
 * The next stage to start: the first in the given order that has nothing to wait for and fits on the free cores. One that needs more
 * cores than the machine has runs alone.
 *
 * @returns undefined while another stage has to end first.
 */
export function nextToStart<P extends Plan>({ waiting, running, cores }: Progress<P>): P | undefined {
  const busy = running.reduce((sum, plan) => sum + plan.cores, 0);
  const unfinished = new Set([...waiting, ...running].map(({ name }) => name));
  return waiting.find(
    (plan) => !plan.needs?.some((name) => unfinished.has(name)) && (running.length === 0 || busy + plan.cores <= cores),
  );
}
