/** A stretch of a message, beginning `at` a position in it: plain text, or an address that may be followed. */
export type TextPart = { at: number; text: string } & ({ kind: "text" } | { kind: "link"; href: string });

const CANDIDATE = /https?:\/\/[^\s<>"'`]+/giu;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/**
 * Splits a message into text and links. Only http and https become links; the parts joined again are the message.
 *
 * Punctuation that ends a sentence is no part of its link, a closing bracket only if it was opened inside.
 */
export function linkify(message: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of message.matchAll(CANDIDATE)) {
    const text = withoutTail(match[0]);
    const href = toHref(text);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ kind: "text", at: end, text: message.slice(end, match.index) });
    parts.push({ kind: "link", at: match.index, text, href });
    end = match.index + text.length;
  }
  if (end < message.length) parts.push({ kind: "text", at: end, text: message.slice(end) });
  return parts;
}

function withoutTail(candidate: string): string {
  let text = candidate;
  for (;;) {
    const last = text.at(-1) ?? "";
    const opener = CLOSERS[last];
    const isUnopened = opener !== undefined && count(text, opener) < count(text, last);
    if (!isUnopened && !/[.,:;!?…]/u.test(last)) return text;
    text = text.slice(0, -1);
  }
}

const count = (text: string, character: string) => text.split(character).length - 1;

function toHref(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return undefined;
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
}
