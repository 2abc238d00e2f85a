import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildApp } from "../lambda/bundle.ts";
import { ROOT } from "../stack/paths.ts";
import { bundle } from "./bundle.ts";

/**
 * Writes what the app's image holds beside Node, from the production build that is there: the packages that Next traced, what it
 * built, and our programs in one file each.
 */
export async function writeAppTree(directory: string): Promise<void> {
  const build = join(ROOT, ".next");
  await mkdir(directory, { recursive: true });
  for (const part of ["node_modules", "package.json", ".next"])
    await cp(join(build, "standalone", part), join(directory, part), { recursive: true, filter: isServed });
  await cp(join(build, "static"), join(directory, ".next", "static"), { recursive: true });
  await cp(join(ROOT, "public"), join(directory, "public"), { recursive: true });
  // As deep as its source: scripts/stack/paths.ts finds the root from there.
  await bundle("app", join(directory, "scripts", "images", "app.mjs"));
  await bundle("drain", join(directory, "drain.mjs"));
}

/** Next traces what would resize pictures, for the processor it was built on. Ours are served as they are (next.config.mjs). */
const isServed = (path: string) => !/node_modules\/(@img|sharp)(\/|$)/.test(path);

const [, self, directory] = process.argv;
if (self === fileURLToPath(import.meta.url)) {
  if (!directory) throw new Error("usage: app-tree.ts <directory>");
  if (!(await buildApp())) process.exit(1);
  await writeAppTree(directory);
}
