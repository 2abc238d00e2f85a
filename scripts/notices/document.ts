import type { ShippedPackage } from "./packages.ts";
import { PROGRAMS } from "./programs.ts";

const INTRODUCTION = `# Third-party notices

Veet itself is under the Apache License 2.0 ([LICENSE](LICENSE)). This file names what is shipped with it, with licences and their
texts. \`npm run notices\` writes it from \`package-lock.json\` and the installed packages; \`npm test\` fails when it is out of date.`;

/** The whole file. The same packages give the same text on every platform. */
export function noticesDocument(packages: readonly ShippedPackage[]): string {
  const fonts = packages.filter(({ name }) => name.startsWith("@fontsource"));
  const rest = packages.filter(({ name }) => !name.startsWith("@fontsource"));
  return `${[
    INTRODUCTION,
    section("Programs that run beside it", programTable()),
    section("Fonts", packageTable(fonts)),
    section("Packages", packageTable(rest)),
    section("Licence texts", licenceTexts(packages)),
  ].join("\n\n")}\n`;
}

const section = (title: string, body: string) => `## ${title}\n\n${body}`;

function programTable(): string {
  const rows = PROGRAMS.map(({ name, licence, use, source }) => `| ${name} | ${licence} | ${use} | ${source} |`);
  return ["| program | licence | for | source |", "|---|---|---|---|", ...rows].join("\n");
}

function packageTable(packages: readonly ShippedPackage[]): string {
  const rows = packages.map(
    (one) => `| ${one.name} | ${one.version} | ${one.licence} | ${one.isForOnePlatform ? "one platform only" : ""} |`,
  );
  return ["| package | version | licence | |", "|---|---|---|---|", ...rows].join("\n");
}

/** Each licence text once, below the packages that share it. */
function licenceTexts(packages: readonly ShippedPackage[]): string {
  const users = new Map<string, Set<string>>();
  for (const { name, version, texts } of packages) {
    for (const text of texts) users.set(text, (users.get(text) ?? new Set()).add(`${name} ${version}`));
  }
  const silent = packages.filter(({ texts, isForOnePlatform }) => texts.length === 0 && !isForOnePlatform);
  const parts = [...users].map(([text, names]) => `### ${[...names].join(", ")}\n\n${fenced(text)}`);
  return [...parts, `### Packages without a text of their own\n\n${silent.map(declared).join("\n")}`].join("\n\n");
}

const declared = ({ name, version, licence }: ShippedPackage) => `- ${name} ${version} declares ${licence}.`;

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const fence = text.includes("```") ? "~~~~" : "```";
  return `${fence}text\n${text}\n${fence}`;
}
