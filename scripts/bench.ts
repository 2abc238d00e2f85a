// `npm run bench -- rehome`: runs bench/<name>.bench.ts in real browsers and saves the figures in bench/results.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "./lambda/bundle.ts";
import { getChromium } from "./provision/chromium.ts";
import { ROOT } from "./stack/paths.ts";
import { runVisibly } from "./provision/program.ts";
import { reportEnd, Stop } from "./stack/stop.ts";

const PLAYWRIGHT = join(ROOT, "node_modules", "@playwright", "test", "cli.js");

try {
  const [name = ""] = process.argv.slice(2);
  if (!/^[a-z-]+$/.test(name) || !existsSync(join(ROOT, "bench", `${name}.bench.ts`)))
    throw new Stop(`There is no measurement "${name}": say which of bench/, as in \`npm run bench -- rehome\`.`);
  const env = { ...process.env, VEET_CHROMIUM: await getChromium() };
  const isBuilt = existsSync(join(ROOT, ".next", "BUILD_ID")) || (await buildApp());
  const args = [PLAYWRIGHT, "test", "--config", "bench/playwright.config.ts", `${name}.bench.ts`];
  process.exitCode = isBuilt && (await runVisibly(process.execPath, args, env)) ? 0 : 1;
} catch (error) {
  reportEnd(error);
}
