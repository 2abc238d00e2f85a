import "server-only";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { signInWays } from "./providers.ts";

/** Like `checkStart`, but ends the process: Next would report the problem and then wait forever. */
export function checkStartOrExit(): void {
  try {
    checkStart();
  } catch (error) {
    // For the operator at the terminal, who needs the list as it is; a log line would put it in one row.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/**
 * Reads the environment and reports who will be able to sign in.
 *
 * @throws Error that lists every missing or wrong variable.
 */
export function checkStart(report: typeof log = log): void {
  const { NODE_ENV } = env();
  const ways = signInWays().map(({ id }) => id);
  if (ways.length === 0) {
    report("warn", "start.nobody-can-sign-in", {
      remedy:
        "Set OIDC_ISSUER, GOOGLE_CLIENT_ID or GITHUB_CLIENT_ID, each with its secret: without, nobody can start a meeting.",
    });
    return;
  }
  report("info", "start.sign-in", { ways: ways.join(", ") });
  if (ways.includes("try-it")) {
    report("warn", "start.try-it", {
      meaning: `Anybody can sign in as anyone. This is ${NODE_ENV}; production refuses it.`,
    });
  }
}
