import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

type Files = { changelog: string; packageVersion: string; exampleVersion: string | undefined };

/**
 * The section of CHANGELOG.md for a tag such as `v1.2.3`.
 *
 * @throws Error when the tag, package.json, the example of compose's settings and CHANGELOG.md do not name the same version.
 */
export function releaseNotes(tag: string, { changelog, packageVersion, exampleVersion }: Files): string {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (!version) throw new Error(`${tag} is not a version such as v1.2.3`);
  if (packageVersion !== version) throw new Error(`package.json has version ${packageVersion}, the tag ${version}`);
  if (exampleVersion !== tag)
    throw new Error(`deploy/self-host.env.example has VEET_VERSION=${exampleVersion}, not ${tag}`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  const notes = section?.split("\n").slice(1).join("\n").trim();
  if (!notes) throw new Error(`CHANGELOG.md has no section "## ${version}", or nothing in it`);
  return `${notes}\n`;
}

const [, self, tag = ""] = process.argv;
if (self === fileURLToPath(import.meta.url)) {
  const read = (path: string) => readFileSync(join(import.meta.dirname, "..", "..", path), "utf8");
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const exampleVersion = /^VEET_VERSION=(.+)$/m.exec(read("deploy/self-host.env.example"))?.[1];
  process.stdout.write(releaseNotes(tag, { changelog: read("CHANGELOG.md"), packageVersion: version, exampleVersion }));
}
