import { z } from "zod";

/** As many characters as people see (graphemes), not bytes. */
export const MAX_NAME_LENGTH = 60;

// Controls, and the marks that turn the direction of the text around a name.
const FORBIDDEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
// Invisible and meaningless inside a name. The joiners U+200C and U+200D stay: scripts and emoji need them.
const INVISIBLE = /[\u00AD\u115F\u1160\u200B\u2060\u3164\uFEFF\uFFA0]/gu;
const VISIBLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** What is wrong with a name, or undefined. The text has been normalised already. */
function objection(name: string): string | undefined {
  if (name === "" || !VISIBLE.test(name)) return "must not be blank";
  if (FORBIDDEN.test(name)) return "must not hold control or direction marks";
  if (/[<>]/.test(name)) return "must not hold < or >";
  if ([...segments.segment(name)].length > MAX_NAME_LENGTH) return `must have at most ${MAX_NAME_LENGTH} characters`;
  // A letter with forty accents covers the lines around it.
  if (/\p{M}{5}/u.test(name)) return "must not pile up marks";
  return undefined;
}

/** A person's name as others read it: composed (NFKC), blanks collapsed, 1 to 60 characters, no controls and no markup. */
export const DisplayName = z
  .string()
  .max(400)
  .transform((text) =>
    text
      .normalize("NFKC")
      .replaceAll(INVISIBLE, "")
      .replaceAll(/[^\S\r\n\t]+/gu, " ")
      .trim(),
  )
  .superRefine((name, context) => {
    const message = objection(name);
    if (message) context.addIssue({ code: "custom", message });
  });
