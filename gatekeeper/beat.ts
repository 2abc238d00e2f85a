import { availableParallelism, hostname, loadavg } from "node:os";
import { CLOCKS_APART_MS, type Clock } from "#lib/clock.ts";
import { saveNote } from "#lib/health/health-repository.ts";
import { log } from "#lib/log.ts";
import { setGauge } from "#lib/metrics.ts";
import { doesAnswer } from "./answering.ts";
import type { GatekeeperEnv } from "./env.ts";

/** LiveKit is on the same machine. */
const TIMEOUT_MS = 2_000;
/** Between two reports without changes, in milliseconds: each costs a Redis command. */
export const REPORT_MS = 60_000;
/** A smaller correction of a clock, in milliseconds, is not reported. */
const CLOCK_NEWS_MS = 5_000;

type Beside = Pick<GatekeeperEnv, "GATEKEEPER_SITE" | "GATEKEEPER_PORT" | "GATEKEEPER_TARGET">;
export type Beat = {
  /**
   * Reports that this node is there, how full it is, how its clock differs, and whether its LiveKit runs: LiveKit itself has no
   * list of nodes to ask for. Calls within a minute report changes only: that LiveKit stopped or runs again, or that the clock
   * has changed.
   *
   * @throws AppError `unavailable` when Redis does not answer.
   */
  beat: () => Promise<void>;
};

export function createBeat(own: Beside, clock: Clock): Beat {
  /** By how much this machine's clock is ahead of Redis', in milliseconds, at the last measurement. */
  let clockMs = 0;
  let reported: { atMs: number; isUp: boolean; clockMs: number } | undefined;
  const isNews = (isUp: boolean, nowMs: number) =>
    reported?.isUp !== isUp ||
    Math.abs(clockMs - reported.clockMs) > CLOCK_NEWS_MS ||
    nowMs - reported.atMs >= REPORT_MS;
  return {
    async beat() {
      const [load = 0] = loadavg();
      // A LiveKit without its Valkey answers 406: it runs, and its calls continue.
      const isUp = await doesAnswer(own.GATEKEEPER_TARGET, TIMEOUT_MS);
      setGauge("veet_livekit_up", {}, isUp ? 1 : 0);
      const askedAtMs = clock();
      if (!isNews(isUp, askedAtMs)) return;
      const { redisNowMs } = await saveNote(own.GATEKEEPER_SITE, {
        node: `${hostname()}:${own.GATEKEEPER_PORT}`,
        atMs: askedAtMs,
        load: load / availableParallelism(),
        isUp,
        clockMs,
      });
      reported = { atMs: askedAtMs, isUp, clockMs };
      clockMs = Math.round((askedAtMs + clock()) / 2 - redisNowMs);
      setGauge("veet_clock_ahead_seconds", {}, clockMs / 1_000);
      if (Math.abs(clockMs) > CLOCKS_APART_MS)
        log("error", "gatekeeper.clocks-apart", { aheadMs: clockMs, of: "redis" });
    },
  };
}
