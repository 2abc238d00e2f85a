import { availableParallelism, hostname, loadavg } from "node:os";
import { saveNote } from "#lib/health/health-repository.ts";
import { doesAnswer } from "./answering.ts";
import type { GatekeeperEnv } from "./env.ts";

/** LiveKit is on the same machine. */
const TIMEOUT_MS = 2_000;

type Beside = Pick<GatekeeperEnv, "GATEKEEPER_SITE" | "GATEKEEPER_PORT" | "GATEKEEPER_TARGET">;

/**
 * Says that this node is there, how full it is, and whether its LiveKit runs: LiveKit itself has no list of nodes to ask for.
 *
 * @throws AppError `unavailable` when Redis does not hear it.
 */
export async function beat(own: Beside, nowMs: number): Promise<void> {
  const [load = 0] = loadavg();
  await saveNote(own.GATEKEEPER_SITE, {
    node: `${hostname()}:${own.GATEKEEPER_PORT}`,
    atMs: nowMs,
    load: load / availableParallelism(),
    // A LiveKit without its Valkey answers 406: it runs, and the calls on it go on.
    isUp: await doesAnswer(own.GATEKEEPER_TARGET, TIMEOUT_MS),
  });
}
