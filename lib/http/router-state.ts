import { z } from "zod";

/** Where in the page Next's router stands, as its browser side tells it: Next's own shape, of which it answers 500 to any other. */
const Segment = z.union([
  z.string(),
  z.tuple([
    z.string(),
    z.string(),
    z.string().regex(/^(c|oc|d|[cd]i(\(\.{1,3}\)|\(\.\.\)\(\.\.\)))$/),
    z.array(z.string()).nullable(),
  ]),
]);
type State = [unknown, Record<string, State>, ...unknown[]];
const RouterState: z.ZodType<State> = z.lazy(() =>
  z.tuple([
    Segment,
    z.record(z.string(), RouterState),
    z.tuple([z.string(), z.string()]).nullish(),
    z.enum(["refetch", "inside-shared-layout", "metadata-only"]).nullish(),
    z.number().nullish(),
    z.string().optional(),
  ]),
) as never;

/** The header that carries it, percent-encoded JSON. */
export const ROUTER_STATE_HEADER = "next-router-state-tree";
/** Next takes no more, in characters. */
const MAX_LENGTH = 40_000;

/** Whether Next can read the header. Without it, it sends the page's whole tree, which is right for anybody. */
export function isRouterState(header: string): boolean {
  if (header.length > MAX_LENGTH) return false;
  try {
    return RouterState.safeParse(JSON.parse(decodeURIComponent(header))).success;
  } catch {
    return false;
  }
}
