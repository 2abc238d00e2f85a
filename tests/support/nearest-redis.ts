import type { Command, Outcome, RedisBehind } from "../../scripts/redis-rest-bridge.ts";

type Both = Record<"replica" | "primary", RedisBehind>;
const isRead = ([name]: Command) => /_ro$/i.test(name);

/**
 * Redis as Upstash answers in a region with a replica: the replica runs read-only commands, the primary everything else.
 *
 * @param choose - Is asked for each request, and can send a read to the primary all the same.
 */
export function nearestOf(both: Both, choose: (isRead: boolean) => keyof Both): RedisBehind {
  const pipeline: RedisBehind["pipeline"] = (commands) => both[choose(commands.every(isRead))].pipeline(commands);
  return {
    pipeline,
    run: (command) => pipeline([command]).then(([outcome]) => resultOf(outcome)),
    transaction: both.primary.transaction,
  };
}

function resultOf(outcome: Outcome | undefined): unknown {
  if (outcome && "result" in outcome) return outcome.result;
  throw new Error(outcome?.error ?? "Redis gave no answer");
}
