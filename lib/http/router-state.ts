import { z } from "zod";

/** The state of Next's router as its client sends it. Next answers 500 to any other shape. */
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

/** The header that carries this state as percent-encoded JSON. */
export const ROUTER_STATE_HEADER = "next-router-state-tree";
/** Next's own limit, in characters. */
const MAX_LENGTH = 40_000;

/** Whether Next can read the header. Without the header Next sends the whole page, which is correct for every client. */
export function isRouterState(header: string): boolean {
  if (header.length > MAX_LENGTH) return false;
  try {
    return RouterState.safeParse(JSON.parse(decodeURIComponent(header))).success;
  } catch {
    return false;
  }
}
