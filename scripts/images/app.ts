// The app as its image runs it, without npm and without the packages it was built with. The tree around it is made by app-tree.ts.
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
// As the server of Next's own standalone output does: without this Next loads next.config.mjs, and for that its compiler.
const { config } = JSON.parse(readFileSync(join(ROOT, ".next", "required-server-files.json"), "utf8"));
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
await import("../app-server.ts");
