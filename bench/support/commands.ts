import { Redis } from "ioredis";

export type Counted = {
  count: number;
  perMinute: number;
  /** Per minute, by command and the kind of its first key. */
  byCommand: Record<string, number>;
};
export type CommandWatch = {
  /** Counts for this long, in milliseconds, and until the work is done. */
  during: (ms: number, work?: () => Promise<void>) => Promise<Counted>;
  stop: () => Promise<void>;
};

/**
 * Counts the commands that clients send to a redis-server.
 *
 * MONITOR and not `commandstats`: the latter also counts the commands inside scripts, and Upstash charges a script as one command.
 */
export async function watchCommands(port: number): Promise<CommandWatch> {
  const client = new Redis({ port, host: "127.0.0.1" });
  const monitor = await client.monitor();
  let seen = new Map<string, number>();
  monitor.on("monitor", (_time: string, words: string[], source: string) => {
    if (source === "lua") return;
    const name = kindOf(words);
    seen.set(name, (seen.get(name) ?? 0) + 1);
  });
  return {
    async during(ms, work) {
      seen = new Map();
      const startedAtMs = performance.now();
      await Promise.all([new Promise((resolve) => setTimeout(resolve, ms)), work?.()]);
      const minutes = (performance.now() - startedAtMs) / 60_000;
      const counted = [...seen].toSorted(([, a], [, b]) => b - a);
      const count = counted.reduce((sum, [, times]) => sum + times, 0);
      const byCommand = Object.fromEntries(
        counted.map(([name, times]) => [name, Math.round((times / minutes) * 10) / 10]),
      );
      return { count, perMinute: count / minutes, byCommand };
    },
    async stop() {
      monitor.disconnect();
      await client.quit();
    },
  };
}

/** The script's hash and the kind of its first key, without ids and codes. */
export function kindOf(words: readonly string[]): string {
  const [command = "", ...args] = words;
  const name = command.toUpperCase();
  const isScript = name.startsWith("EVAL");
  const key = isScript ? (args[2] ?? "") : (args[0] ?? "");
  const script = isScript ? ` ${(args[0] ?? "").slice(0, 6)}` : "";
  return `${name}${script} ${key.replace(/\{[^}]*\}/, "{code}").replaceAll(/:[A-Za-z0-9_-]{16,}/g, ":id")}`;
}
