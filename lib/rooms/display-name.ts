import { z } from "zod";

/** As many characters as people see (graphemes), not bytes. */
export const MAX_NAME_LENGTH = 60;

/**
 * What address books, phones and translated templates put around and into names, and nobody sees: marks and overrides of
 * direction, joiners of words, soft hyphens, fillers, placeholders. Left are those that shape what is seen: the joiners of
 * scripts and emoji, and the variation of a sign.
 */
const INVISIBLE =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFC]/gu;
/** Joiners and variations where there is nothing to shape: two names that look the same are to be the same. */
const IDLE =
  /(?<=^|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\s\p{P}])(?:\p{Join_Control}|\p{Variation_Selector})+|(?<=\p{Script=Han})\p{Join_Control}+/gu;
const TRAILING_JOINERS = /\p{Join_Control}+$/u;
/** The letters of a flag of a region, such as Scotland's, which follow a black flag; invisible anywhere else. */
const STRAY_TAGS = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0020}-\u{E007F}]/gu;
/** A blank of braille, and the tabs of a spreadsheet's cell. */
const BLANKS = /[^\S\r\n]+|\u2800+/gu;

const FORBIDDEN = /\p{Cc}/u;
const VISIBLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** What is wrong with a name, or undefined. The text has been normalised already. */
function objection(name: string): string | undefined {
  if (name === "" || !VISIBLE.test(name)) return "must not be blank";
  if (FORBIDDEN.test(name)) return "must be one line, without control characters";
  if (/[<>]/.test(name)) return "must not hold < or >";
  if ([...segments.segment(name)].length > MAX_NAME_LENGTH) return `must have at most ${MAX_NAME_LENGTH} characters`;
  // A letter with forty accents covers the lines around it.
  if (/\p{M}{5}/u.test(name)) return "must not pile up marks";
  return undefined;
}

/** A text in its one writing: composed (NFKC), blanks collapsed, without what nobody sees. */
export function withoutInvisible(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(STRAY_TAGS, "")
    .replaceAll(INVISIBLE, "")
    .replaceAll(BLANKS, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim()
    .replaceAll(IDLE, "")
    .replace(TRAILING_JOINERS, "");
}

/** A person's name as others read it: in its one writing, 1 to 60 characters, no controls and no markup. */
export const DisplayName = z
  .string()
  .max(400)
  .transform(withoutInvisible)
  .superRefine((name, context) => {
    const message = objection(name);
    if (message) context.addIssue({ code: "custom", message });
  });

/**
 * Makes a name of what an account is called at a provider: controls count as blanks, and what is too long is cut.
 *
 * @returns undefined when it still is none.
 */
export function tidyName(text: string): string | undefined {
  const line = withoutInvisible(text.slice(0, 400).replaceAll(/\p{Cc}+/gu, " "));
  const cut = [...segments.segment(line)].slice(0, MAX_NAME_LENGTH).map(({ segment }) => segment);
  return DisplayName.safeParse(cut.join("")).data;
}
