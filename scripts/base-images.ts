import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ALL_DOCKERFILES, BASE_IMAGES_FILE, baseImagesIn, readDigests } from "#infra/base-images.ts";
import { MONITORING_IMAGES } from "#infra/versions.ts";
import { digestOf } from "./images/registry.ts";
import { ROOT } from "./stack/paths.ts";

// npm run base-images [-- --write]: shows the Dockerfiles' base images and the monitoring images with the digest in the table and the tag's current one.
const { values } = parseArgs({ options: { write: { type: "boolean" } } });
const dockerfiles = ALL_DOCKERFILES.map((path) => readFileSync(join(ROOT, path), "utf8"));
const images = [...new Set([...dockerfiles.flatMap(baseImagesIn), ...Object.values(MONITORING_IMAGES)])].toSorted();
const digests = readDigests(ROOT);
const current: Record<string, string> = {};
for (const image of images) {
  try {
    current[image] = await digestOf(image);
  } catch (error) {
    console.error(`${image}: ${error instanceof Error ? error.message : "no answer"}`);
    process.exit(1);
  }
  const word = !digests[image] ? "missing" : digests[image] === current[image] ? "current" : "older";
  console.log(`${image.padEnd(36)} ${word.padEnd(8)} ${current[image]}`);
}

const areAllKnown = images.every((image) => digests[image]);
if (values.write) {
  writeFileSync(join(ROOT, BASE_IMAGES_FILE), `${JSON.stringify(current, null, 2)}\n`);
  console.log(`Written to ${BASE_IMAGES_FILE}. Commit it: the next deployment drains every media node once.`);
} else if (!areAllKnown) {
  console.log(`Production is not deployed while one is missing: npm run base-images -- --write`);
  process.exitCode = 1;
}
