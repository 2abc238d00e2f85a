import type { Graph } from "./graph.ts";

/** Something that must hold of every graph, and a mistake in it that must be seen. */
export type Check = {
  /** Begins with the number of the rule that it proves. */
  says: string;
  /** @returns what is wrong; nothing when all is well. */
  find: (graph: Graph, codes: readonly string[]) => string[];
  /** Makes the mistake, in a copy. */
  plant: ((graph: Graph) => void)[];
};
