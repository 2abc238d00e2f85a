import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "../../scripts/stack/paths.ts";

export type Child = { ask: <T>() => Promise<T>; first: unknown; stop: () => void };

/** Starts one of the programs in this folder, and waits for its first message. */
export async function startChild(name: string, env: Record<string, string>, execArgv: string[] = []): Promise<Child> {
  const child: ChildProcess = fork(join(ROOT, "bench", "support", name), {
    execArgv: ["--conditions=react-server", ...execArgv],
    env: { ...process.env, ...env },
    // Its log is not part of the measurement.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [first] = await once(child, "message");
  return {
    first,
    async ask<T>() {
      const answer = once(child, "message");
      child.send("now");
      return (await answer)[0] as T;
    },
    stop: () => child.kill(),
  };
}
