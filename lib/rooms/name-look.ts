import unhomoglyph from "unhomoglyph";

/** What readers cannot see: joiners, soft hyphens, fillers, variation selectors, direction marks. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Accents of Latin, Greek and Cyrillic letters. In other scripts marks are vowels, which distinguish names. */
const ACCENTS = /[\u0300-\u036F]/g;
/** Blanks, punctuation, symbols and pictures. */
const NO_LETTER = /[^\p{L}\p{M}\p{N}]/gu;
/** Characters that Unicode's table of confusables keeps apart, but readers of small text do not. */
const ALSO_ALIKE: readonly [string, string][] = [
  ["vv", "w"],
  ["i", "l"],
];

/**
 * How a name reads at a glance. Two names with the same look are hard to distinguish: they differ by case, accents, look-alike
 * letters of another script, digits for letters, or invisible characters. For comparison only.
 *
 * @returns the empty text for a name without letters and digits.
 */
export function lookOf(name: string): string {
  // Capitals are mapped before they become small letters: a Cyrillic "Н" looks like "H", but its small form does not look like
  // "h".
  let look = bare(unhomoglyph(bare(name))).toLowerCase();
  look = bare(unhomoglyph(look)).toLowerCase();
  for (const [one, other] of ALSO_ALIKE) look = look.replaceAll(one, other);
  return look.replaceAll(NO_LETTER, "");
}

function bare(text: string): string {
  return text.normalize("NFKD").replaceAll(INVISIBLE, "").replaceAll(ACCENTS, "");
}
