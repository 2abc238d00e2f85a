import type { Graph } from "./graph.ts";

/** A property of every graph, with mistakes that it must detect. */
export type Check = {
  /** Begins with the number of the rule that it proves. */
  says: string;
  /** @returns what is wrong; empty if nothing is. */
  find: (graph: Graph, codes: readonly string[]) => string[];
  /** Each makes one mistake in a copy of the graph. */
  plant: ((graph: Graph) => void)[];
};
