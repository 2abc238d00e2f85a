// The app as its image runs it, without npm and development packages. app-tree.ts creates the tree around it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEnv } from "#lib/env.ts";
import { ROOT } from "../stack/paths.ts";

try {
  readEnv(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// Same as the server of Next's standalone output: otherwise Next loads next.config.mjs, which needs its compiler.
const { config } = JSON.parse(readFileSync(join(ROOT, ".next", "required-server-files.json"), "utf8"));
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
await import("../app-server.ts");
