import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RELEASED, type ReleasedImage, pinnedByDigest, readDigests } from "../../infra/base-images.ts";

/**
 * A release image's build settings, as step outputs of the GitHub workflow.
 *
 * @throws Error when the digest of a base image is missing.
 */
export function releasePlan(image: ReleasedImage, root: string, digests = readDigests(root)): string {
  const { file, target } = RELEASED[image];
  const pins = pinnedByDigest(readFileSync(join(root, file), "utf8"), digests);
  const contexts = Object.entries(pins).map(([name, { location }]) => `${name}=${location}`);
  return [`file=${file}`, `target=${target}`, "contexts<<END", ...contexts, "END", ""].join("\n");
}

const [, self, image = ""] = process.argv;
if (self === fileURLToPath(import.meta.url)) {
  if (!(image in RELEASED)) throw new Error(`usage: release-plan.ts <${Object.keys(RELEASED).join("|")}>`);
  process.stdout.write(releasePlan(image as ReleasedImage, join(import.meta.dirname, "..", "..")));
}
