import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IN_THE_FUNCTION } from "../../infra/edge.ts";
import { NEXT } from "../stack/next.ts";
import { ROOT } from "../stack/paths.ts";
import { runVisibly } from "../provision/program.ts";
import { Stop } from "../stack/stop.ts";

/** The bundle that SST uploads as the function for pages and API. */
export const BUNDLE = join(ROOT, ".open-next", "server-functions", "default");
/** Lambda calls the `handler` of this file. */
const ENTRANCE = join(BUNDLE, "server-index.mjs");

/** SST wraps the handler like this because infra/web.ts injects code. */
const WRAPPER = `export const handler = async (event, context) => {
${IN_THE_FUNCTION}
  const { handler: rawHandler } = await import("./index.mjs");
  return rawHandler(event, context);
};
`;

/** OpenNext sets these for its own builds; with them one build serves `next start` and Lambda. */
const FOR_OPEN_NEXT = { NEXT_PRIVATE_STANDALONE: "true", NEXT_PRIVATE_OUTPUT_TRACE_ROOT: ROOT };

const OPEN_NEXT = join(ROOT, "node_modules", "@opennextjs", "aws", "dist", "index.js");
const CONFIG = join("scripts", "lambda", "open-next.config.ts");

/** Creates the production build with what OpenNext needs. Types are checked by another stage of the tests. */
export function buildApp(): Promise<boolean> {
  return runVisibly(process.execPath, [NEXT, "build"], {
    ...process.env,
    ...FOR_OPEN_NEXT,
    VEET_TYPES_ARE_CHECKED: "1",
  });
}

/**
 * Bundles the existing production build for Lambda, unless that was already done.
 *
 * @returns whether it succeeded.
 * @throws Stop without a build.
 */
export async function bundleForLambda(): Promise<boolean> {
  if (!existsSync(join(ROOT, ".next", "standalone")))
    throw new Stop("There is no production build for Lambda: run `npm test -- --only build,lambda`.");
  if (await isBundled()) return true;
  if (!(await runVisibly(process.execPath, [OPEN_NEXT, "build", "--config-path", CONFIG]))) return false;
  await writeFile(ENTRANCE, WRAPPER);
  return true;
}

async function isBundled(): Promise<boolean> {
  if (!existsSync(ENTRANCE)) return false;
  const [built, bundled] = await Promise.all(
    [".next", join(".open-next", "assets")].map((folder) => readFile(join(ROOT, folder, "BUILD_ID"), "utf8")),
  );
  return built === bundled;
}
