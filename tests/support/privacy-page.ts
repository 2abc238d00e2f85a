import { readFileSync } from "node:fs";

export type Row = { name: string; cells: string[] };

export const PRIVACY_PAGE = readFileSync(new URL("../../docs/privacy.md", import.meta.url), "utf8");

/** The rows of the table whose first column has this title. The first column contains a name in backticks. */
export function tableOf(title: string, page = PRIVACY_PAGE): Row[] {
  const [, after = ""] = page.split(`\n| ${title} | `);
  const [table = ""] = after.split("\n\n");
  return table
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .map(([first = "", ...cells]) => ({ name: first.replaceAll("`", ""), cells }));
}

const UNITS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** The first duration in a text, such as "24 hours", in milliseconds. @throws Error when there is none. */
export function durationMs(text: string): number {
  const match = /(\d+) (second|minute|hour|day)s?\b/.exec(text);
  if (!match) throw new Error(`"${text}" names no duration`);
  const [, count = "", unit = ""] = match;
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}
