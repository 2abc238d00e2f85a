import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { appEnvironment } from "../../../scripts/stack/app-env.ts";
import { ROOT } from "../../../scripts/stack/paths.ts";
import { readStack } from "../../e2e/support/stack.ts";

/** Runs the operator's command with the app's environment. @returns its output. */
export async function drain(...args: string[]): Promise<string> {
  const { baseUrl, nextAuthSecret, identitySecret, redis, sites } = readStack();
  const secrets = { nextAuth: nextAuthSecret, identity: identitySecret };
  const env = { ...process.env, ...appEnvironment({ pageUrl: baseUrl, secrets, redis, sites }) };
  const options = ["--conditions=react-server", "scripts/drain.ts", ...args];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: ROOT, env });
  return stdout;
}
