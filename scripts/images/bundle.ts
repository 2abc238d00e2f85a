import { build } from "esbuild";
import { fileURLToPath } from "node:url";

/** The programs in our images, one file each. Only the app has packages beside it: Next's. */
export const PROGRAMS = {
  app: "scripts/images/app.ts",
  drain: "scripts/drain.ts",
  gatekeeper: "gatekeeper/main.ts",
} as const;
export type Program = keyof typeof PROGRAMS;

/** Bundles a program and its imports into one file for Node 24. */
export async function bundle(program: Program, outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(`../../${PROGRAMS[program]}`, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // Same as `npm start`: lib/env.ts is server-only.
    conditions: ["react-server"],
    // Some packages still use `require` for Node's modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    external: ["next"],
    logLevel: "warning",
  });
}

const [, self, program, outfile] = process.argv;
if (self === fileURLToPath(import.meta.url)) {
  if (!program || !(program in PROGRAMS) || !outfile) throw new Error("usage: bundle.ts <program> <file>");
  await bundle(program as Program, outfile);
}
