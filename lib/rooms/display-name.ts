/** In characters as people see them (graphemes), not bytes. */
export const MAX_NAME_LENGTH = 60;

/**
 * Invisible characters that address books, phones and translated templates add to names: direction marks and overrides, word
 * joiners, soft hyphens, fillers, placeholders. Joiners and variation selectors stay: scripts and emoji need them.
 */
const INVISIBLE =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFC]/gu;
/** Joiners and variation selectors without any effect. Names that look the same must be the same. */
const IDLE =
  /(?<=^|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\s\p{P}])(?:\p{Join_Control}|\p{Variation_Selector})+|(?<=\p{Script=Han})\p{Join_Control}+/gu;
const TRAILING_JOINERS = /\p{Join_Control}+$/u;
/** Tag characters are visible only after a black flag, as in the flag of Scotland. */
const STRAY_TAGS = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0020}-\u{E007F}]/gu;
/** Blanks of all kinds, tabs (from spreadsheets) and the braille blank. */
const BLANKS = /[^\S\r\n]+|\u2800+/gu;

const FORBIDDEN = /\p{Cc}/u;
const VISIBLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** What the API answers about a name, for developers. */
export const NAME_OBJECTIONS = {
  blank: "must not be blank",
  lines: "must be one line, without control characters",
  markup: "must not contain < or >",
  long: `must have at most ${MAX_NAME_LENGTH} characters`,
  accents: "must not stack accents",
} as const;
export type NameObjection = keyof typeof NAME_OBJECTIONS;

/** What is wrong with a name, or undefined. The text is already normalised. */
function objectionTo(name: string): NameObjection | undefined {
  if (name === "" || !VISIBLE.test(name)) return "blank";
  if (FORBIDDEN.test(name)) return "lines";
  if (/[<>]/.test(name)) return "markup";
  if ([...segments.segment(name)].length > MAX_NAME_LENGTH) return "long";
  // A letter with forty accents covers the lines around it.
  if (/\p{M}{5}/u.test(name)) return "accents";
  return undefined;
}

/** Normalises a text: composed (NFKC), blanks collapsed, invisible characters removed. */
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

/** In UTF-16 units, before normalising: a longer text is no name, whatever is in it. */
export const MAX_TYPED_LENGTH = 400;

/** A name as others see it (normalised, 1 to 60 characters, no control characters and no markup), or what is wrong with it. */
export function readName(text: string): { name: string } | { objection: NameObjection } {
  if (text.length > MAX_TYPED_LENGTH) return { objection: "long" };
  const name = withoutInvisible(text);
  const objection = objectionTo(name);
  return objection === undefined ? { name } : { objection };
}

/**
 * Makes a display name from an account's name at a provider: control characters become blanks, and a long name is cut.
 *
 * @returns undefined when the result is still not a valid name.
 */
export function tidyName(text: string): string | undefined {
  const line = withoutInvisible(text.slice(0, MAX_TYPED_LENGTH).replaceAll(/\p{Cc}+/gu, " "));
  const cut = [...segments.segment(line)].slice(0, MAX_NAME_LENGTH).map(({ segment }) => segment);
  const read = readName(cut.join(""));
  return "name" in read ? read.name : undefined;
}
