import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildApp } from "../lambda/bundle.ts";
import { ROOT } from "../stack/paths.ts";
import { bundle } from "./bundle.ts";

/**
 * Writes the content of the app's image besides Node, from the existing production build: the packages that Next traced, the build
 * output, and our programs as one file each.
 */
export async function writeAppTree(directory: string): Promise<void> {
  const build = join(ROOT, ".next");
  await mkdir(directory, { recursive: true });
  for (const part of ["node_modules", "package.json", ".next"])
    await cp(join(build, "standalone", part), join(directory, part), { recursive: true, filter: isServed });
  await cp(join(build, "static"), join(directory, ".next", "static"), { recursive: true });
  await cp(join(ROOT, "public"), join(directory, "public"), { recursive: true });
  // At the same depth as its source: scripts/stack/paths.ts derives the root from it.
  await bundle("app", join(directory, "scripts", "images", "app.mjs"));
  await bundle("drain", join(directory, "drain.mjs"));
}

/** Next traces its image resizer for the build machine's processor. Our pictures are served as they are (next.config.mjs). */
const isServed = (path: string) => !/node_modules\/(@img|sharp)(\/|$)/.test(path);

const [, self, directory] = process.argv;
if (self === fileURLToPath(import.meta.url)) {
  if (!directory) throw new Error("usage: app-tree.ts <directory>");
  if (!(await buildApp())) process.exit(1);
  await writeAppTree(directory);
}
