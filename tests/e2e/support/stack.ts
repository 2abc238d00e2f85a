import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MediaSite } from "../../../scripts/stack/app-env.ts";
import { LOCAL, ROOT } from "../../../scripts/stack/paths.ts";
import type { OidcClient } from "./oidc-provider.ts";

/** Everything that runs for the end-to-end tests, with the keys to its back doors. */
export type Stack = {
  /** Where the site is. The host is `localhost`, so cookies of tests are simple. */
  baseUrl: string;
  /** For minting a session cookie without the sign-in page. */
  nextAuthSecret: string;
  identitySecret: string;
  /** `url` and `token` are of the REST bridge; `port` and `pid` of the redis-server behind it. */
  redis: { url: string; token: string; port: number; pid: number };
  livekit: {
    site: string;
    region: string;
    /** The address that browsers get: the gatekeeper's. */
    url: string;
    /** LiveKit's own port, for attacks that get past the gatekeeper. */
    directUrl: string;
    apiUrl: string;
    apiKey: string;
    apiSecret: string;
    pid: number;
    gatekeeperPid: number;
  };
  /** All sites in the app's configuration; `livekit` above is the first. */
  sites: readonly MediaSite[];
  oidc: OidcClient;
  /** Where the production server serves its metrics. */
  metricsUrl: string;
  /** What the production server, LiveKit and the gatekeeper write. */
  logs: { app: string; livekit: string; gatekeeper: string };
};

/** Each configuration of Playwright sets its own, so that their stacks run side by side. */
const NAME = process.env.VEET_STACK ?? "e2e";
const STACK_FILE = join(LOCAL, `test-stack-${NAME}.json`);
/** Logs lie with Playwright's traces, so that they are kept as artefacts of a failed run. */
export const LOG_DIRECTORY = join(ROOT, "test-results", "logs", NAME);

/** @param stack - Without its back doors where the stories use the screens alone. */
export function writeStack(stack: Stack | Pick<Stack, "baseUrl">): void {
  writeFileSync(STACK_FILE, JSON.stringify(stack, undefined, 2), { mode: 0o600 });
}

/** The stack of the current run. */
export function readStack(): Stack {
  return JSON.parse(readFileSync(STACK_FILE, "utf8"));
}

/** What the production server has written so far. */
export function appLog(): string {
  return readFileSync(readStack().logs.app, "utf8");
}

/** Lines of the server's log that hold something like a token (every JWT begins with `eyJ`); must be none. */
export function tokensInAppLog(): string[] {
  return appLog().split("\n").filter((line) => line.includes("eyJ")); // prettier-ignore
}
