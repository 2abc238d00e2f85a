import { describe, expect, test } from "vitest";
import { type Chunk, firstLoadOf, kilobytes, laterThan } from "./chunks.ts";

/**
 * At most this many kB of compressed scripts, a little more than today. A change that needs more says in its commit what it is
 * worth. `npm run bench -- script` measures the same in a browser.
 */
const FIRST_LOAD: Record<string, Record<string, number>> = {
  "/": { "React and Next": 134, "every page": 8, "errors and unknown addresses": 23, "this page": 21 },
  "/sign-in": { "React and Next": 134, "every page": 8, "errors and unknown addresses": 23, "this page": 11 },
  "/meet/[code]": { "React and Next": 134, "every page": 8, "errors and unknown addresses": 23, "this page": 43 },
  "/status": { "React and Next": 134, "every page": 8, "errors and unknown addresses": 23, "this page": 19 },
};

/** What is loaded when it is wanted, by a text that only its code contains. */
const LATER: Record<string, { text: string; mostKb: number }> = {
  "LiveKit's client": { text: "livekit-signal", mostKb: 145 },
  messages: { text: "data-sonner-toast", mostKb: 12 },
  "menus and tooltips": { text: "data-radix-popper-content-wrapper", mostKb: 30 },
};

describe.each(Object.keys(FIRST_LOAD))("the first load of %s", (route) => {
  const parts = firstLoadOf(route);

  test.each(Object.entries(FIRST_LOAD[route] ?? {}))("[I46] of %s is at most %d kB of scripts", (part, most) => {
    const chunks = parts.get(part) ?? [];
    expect(kilobytes(chunks), list(chunks)).toBeLessThanOrEqual(most);
  });

  test.each(Object.entries(LATER))("[I44] holds nothing of %s", (_, { text }) => {
    expect(
      [...parts.values()]
        .flat()
        .filter((chunk) => chunk.text.includes(text))
        .map(({ file }) => file),
    ).toEqual([]);
  });
});

describe("what the call loads later", () => {
  const first = [...firstLoadOf("/meet/[code]").values()].flat();
  const later = laterThan(first);

  test.each(Object.entries(LATER))("[I46] %s", (_, { text, mostKb }) => {
    const chunks = later.filter((chunk) => chunk.text.includes(text));
    expect(chunks.length).toBeGreaterThan(0);
    expect(kilobytes(chunks), list(chunks)).toBeLessThanOrEqual(mostKb);
  });

  test("[I46] all of a call, with each menu, dialog and the texts of all languages, is at most 525 kB of scripts", () => {
    expect(kilobytes([...first, ...later]), list(later)).toBeLessThanOrEqual(525);
  });
});

/** The chunks, the largest first, with a piece of each that tells what it is. */
function list(chunks: readonly Chunk[]): string {
  return chunks
    .toSorted((left, right) => right.bytes - left.bytes)
    .map(({ file, bytes, text }) => `${Math.round(bytes / 100) / 10} kB ${file}: ${hintOf(text)}`)
    .join("\n");
}

/** The longest texts in a chunk: messages and labels, which are easy to find in the sources. */
function hintOf(text: string): string {
  const texts = [...text.matchAll(/"([A-Z][\w’',. -]{12,60})"/g)].map(([, words = ""]) => words);
  return [...new Set(texts)].slice(0, 4).join(" · ") || text.slice(-80);
}
