import { isRoomCode } from "#lib/id-forms.ts";
import type { RoomCode } from "#lib/ids.ts";

/** Longer than any invitation with its signature; the rest is not searched. */
const MAX_LENGTH = 20_000;
/** Mail filters wrap a link in another link. Each one adds a layer of percent-encoding. */
const MAX_LAYERS = 3;

/** Invisible characters that chat programs, word processors and address books add. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** Every dash that a keyboard, autocorrection or an input method makes of `-`, plus `_` and `.`, which people use instead. */
const DASH = "[\\p{Pd}\\u02D7\\u2043\\u2212\\u30FC_.]";
const BLANKS = "[\\s>+]{0,3}";
/** Between two groups of letters: a dash, blanks (mail programs break lines after a dash and quote with `>`), or nothing. */
const ANY_GAP = `${BLANKS}(?<dash>${DASH}{1,2})?${BLANKS}`;
const NEXT_ANY_GAP = `${BLANKS}${DASH}{0,2}${BLANKS}`;
const DASHED_GAP = `\\s{0,2}(?<dash>${DASH}{1,2})\\s{0,2}`;
const NEXT_DASHED_GAP = `\\s{0,2}${DASH}{1,2}\\s{0,2}`;

const groups = (gap: string, nextGap: string) => `(?<a>[a-z]{3})${gap}(?<b>[a-z]{4})${nextGap}(?<c>[a-z]{3})`;
const FREE = groups(ANY_GAP, NEXT_ANY_GAP);
const DASHED = groups(DASHED_GAP, NEXT_DASHED_GAP);
const GLUED = groups("", "");

/** A code is not part of a longer word, of an e-mail address, or of the path or host of another site's link. */
const NOT_AFTER = "(?<![\\p{L}\\p{M}\\p{N}/@\\\\]|[\\p{L}\\p{N}]-)";
/** No letter follows directly or after the same kind of dash. After another kind (`…-hij—see you`) the sentence continues. */
const NOT_BEFORE = "(?![\\p{L}\\p{M}\\p{N}@]|\\k<dash>[\\p{L}\\p{N}])";
const WORD_ENDS = "(?![\\p{L}\\p{M}\\p{N}@]|[.-][\\p{L}\\p{N}])";
/** What people write in front of a code. */
const MARK = "(?::|(?<!\\p{L})(?:code|c[oó]digo|codice|room|meeting|join|is))[\\s\"'“”„«»‹›(<[{*_`=#]{0,4}";

/** From the most certain form (a meeting link) to the least certain one; the first match counts. */
const PATTERNS = [
  new RegExp(`(?<!\\p{L})(?:meet|rooms)[/\\\\]+\\s*${FREE}${NOT_BEFORE}`, "iu"),
  // Several lines pasted into a single-line field: the next line begins directly after the link.
  new RegExp(`(?<!\\p{L})meet/+${GLUED.replaceAll(")(", `)${DASH}?(`)}(?=\\p{Lu}\\p{Ll})`, "u"),
  new RegExp(`${NOT_AFTER}${DASHED}${NOT_BEFORE}`, "iu"),
  new RegExp(`${MARK}${GLUED}${WORD_ENDS}`, "iu"),
] as const;

const LONE_WORD = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}/@.\\\\-])${GLUED}${WORD_ENDS}`, "giu");
const MARKED_WITH_BLANKS = new RegExp(`${MARK}${FREE}${NOT_BEFORE}`, "iu");

const EDGE = "[^\\p{L}\\p{M}\\p{N}]*";
/** The whole text is the code: with the usual groups, with dashes anywhere, or letter by letter. */
const WHOLE = [
  new RegExp(`^${EDGE}${FREE}${EDGE}$`, "iu"),
  new RegExp(`^${EDGE}(?<all>[a-z]+(?:\\s?${DASH}\\s?[a-z]+)+)${EDGE}$`, "iu"),
  new RegExp(`^${EDGE}(?<all>[a-z](?:[\\s\\p{Pd}_.]{1,5}[a-z]){9})${EDGE}$`, "iu"),
];

/**
 * Finds the meeting code in typed or pasted text: a code in any form, a link (also one that a mail filter wrapped), an
 * invitation, or a sentence that contains one of these.
 *
 * @returns undefined when there is none.
 */
export function findRoomCode(text: string): RoomCode | undefined {
  const readings = readingsOf(text.slice(0, MAX_LENGTH));
  const [plain = ""] = readings;
  return (
    firstOf(PATTERNS.slice(0, 2), readings) ??
    firstOf(WHOLE, [plain]) ??
    firstOf(PATTERNS.slice(2), readings) ??
    loneWord(plain) ??
    firstOf([MARKED_WITH_BLANKS], [plain])
  );
}

function firstOf(patterns: readonly RegExp[], texts: readonly string[]): RoomCode | undefined {
  for (const pattern of patterns) {
    for (const text of texts) {
      const code = codeOf(pattern.exec(text));
      if (code) return code;
    }
  }
  return undefined;
}

/** A word of ten letters in a sentence is the code only if it is the only such word. */
function loneWord(text: string): RoomCode | undefined {
  const codes = new Set([...text.matchAll(LONE_WORD)].map(codeOf));
  return codes.size === 1 ? [...codes][0] : undefined;
}

function codeOf(match: RegExpExecArray | null): RoomCode | undefined {
  const { a = "", b = "", c = "", all } = match?.groups ?? {};
  const letters = (all ?? a + b + c).replaceAll(/[^a-z]/gi, "").toLowerCase();
  const code = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
  return isRoomCode(code) ? code : undefined;
}

/** The text itself, then with one layer of percent-encoding after the other removed. */
function readingsOf(text: string): string[] {
  const readings = [text];
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const decoded = decode(readings.at(-1) ?? "");
    if (decoded === readings.at(-1)) break;
    readings.push(decoded);
  }
  // Proofpoint writes `/` as `_` and other characters as `-2D`.
  if (/urldefense/i.test(text)) readings.push(decode(text.replaceAll("_", "/").replaceAll(/-(?=[0-9A-F]{2})/g, "%")));
  return readings.map((reading) => reading.normalize("NFKC").replaceAll(INVISIBLE, ""));
}

/** Removes percent-encoding where it is valid; the rest stays unchanged. */
function decode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
