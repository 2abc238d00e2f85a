import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./stage.ts";
import { MONITORING_IMAGES } from "./versions.ts";

/** The images that we run or build on by tag, with the digest the tag had when we last looked it up; empty if we never have. */
export type Digests = Readonly<Record<string, string>>;

export const BASE_IMAGES_FILE = "infra/base-images.json";
export const DOCKERFILES = { livekit: "infra/media/Dockerfile", gatekeeper: "Dockerfile" } as const;
export type ImageName = keyof typeof DOCKERFILES;

/** The images that a release publishes and compose.yaml runs. */
export const RELEASED = {
  app: { file: "Dockerfile", target: "app" },
  gatekeeper: { file: "Dockerfile", target: "gatekeeper" },
  livekit: { file: DOCKERFILES.livekit, target: "livekit" },
  caddy: { file: "deploy/caddy/Dockerfile", target: "" },
} as const;
export type ReleasedImage = keyof typeof RELEASED;
export const ALL_DOCKERFILES: readonly string[] = [...new Set(Object.values(RELEASED).map(({ file }) => file))];

type Pins = Record<string, { location: string }>;
export type MonitoringImages = Record<keyof typeof MONITORING_IMAGES, string>;
export type Bases = Record<ImageName, Pins>;

export function readDigests(root: string): Digests {
  return JSON.parse(readFileSync(join(root, BASE_IMAGES_FILE), "utf8"));
}

/** The base images of a Dockerfile, without duplicates and without its own build stages. */
export function baseImagesIn(dockerfile: string): string[] {
  const defaults = Object.fromEntries(
    [...dockerfile.matchAll(/^ARG\s+(\w+)=(\S+)/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
  const filled = (text: string) =>
    text.replaceAll(/\$\{?(\w+)\}?/g, (whole: string, name: string) => defaults[name] ?? whole);
  const lines = [...dockerfile.matchAll(/^FROM\s+(?:--platform=\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?/gim)];
  const stages = new Set(lines.map(([, , stage]) => stage));
  return [...new Set(lines.map(([, image = ""]) => filled(image)))].filter((image) => !stages.has(image)).toSorted();
}

/**
 * Replacements for a Dockerfile's base images at build time: the same images, pinned by digest. Docker rebuilds its official images
 * under the same tags, and a new digest drains every media node.
 *
 * @throws Error in production when a digest is missing.
 */
export function pinned(stage: Stage, dockerfile: string, digests: Digests): Pins {
  if (stage.isProduction) return pinnedByDigest(dockerfile, digests);
  const known = baseImagesIn(dockerfile).filter((image) => digests[image]);
  return pinsOf(known, digests);
}

/** Like `pinned`, but every image must have a digest. @throws Error when one is missing. */
export function pinnedByDigest(dockerfile: string, digests: Digests): Pins {
  const images = baseImagesIn(dockerfile);
  const missing = images.filter((image) => !digests[image]);
  if (missing.length > 0) throw missingDigests(missing);
  return pinsOf(images, digests);
}

/** The images of the monitoring service, by digest. @throws Error in production when one is missing. */
export function monitoringImages(stage: Stage, digests: Digests): MonitoringImages {
  const { prometheus, grafana } = MONITORING_IMAGES;
  const missing = [prometheus, grafana].filter((image) => !digests[image]);
  if (stage.isProduction && missing.length > 0) throw missingDigests(missing);
  const pin = (image: string) => (digests[image] ? `${nameOf(image)}@${digests[image]}` : image);
  return { prometheus: pin(prometheus), grafana: pin(grafana) };
}

function missingDigests(images: readonly string[]): Error {
  return new Error(
    `${BASE_IMAGES_FILE} has no digest of ${images.join(", ")}: run \`npm run base-images -- --write\` and commit the file.`,
  );
}

function pinsOf(images: readonly string[], digests: Digests): Pins {
  return Object.fromEntries(
    images.map((image) => [image, { location: `docker-image://${nameOf(image)}@${digests[image]}` }]),
  );
}

/** The base images of each of our images, in Docker's format. @throws as `pinned` does. */
export function pinnedBases(stage: Stage, root: string, digests: Digests): Bases {
  const of = (name: ImageName) => pinned(stage, readFileSync(join(root, DOCKERFILES[name]), "utf8"), digests);
  return { livekit: of("livekit"), gatekeeper: of("gatekeeper") };
}

function nameOf(image: string): string {
  return image.replace(/:[^:/]+$/, "");
}
