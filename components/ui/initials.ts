const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How many grounds the theme has for initials (`--color-avatar-1` …). */
export const AVATAR_GROUNDS = 8;

/** First letters of the first and the last word: "Ada King Lovelace" → "AL". One for a single word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => firstGrapheme(word ?? "").toLocaleUpperCase()).join("") || "?";
}

function firstGrapheme(word: string): string {
  for (const { segment } of segments.segment(word)) return segment;
  return "";
}

/** 1 to AVATAR_GROUNDS; the same for the same name on every screen. */
export function groundOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (hash % AVATAR_GROUNDS) + 1;
}
