import { withoutInvisible } from "./display-name.ts";

/** In UTF-16 units. */
export const MAX_TITLE_LENGTH = 80;
/** One line without markup. */
export const TITLE_FORM = /^[^\p{Cc}<>]*$/u;

/** A meeting's title as it is stored, may be empty; undefined for a text that is none. */
export function readTitle(text: string): string | undefined {
  return text.length <= MAX_TITLE_LENGTH && TITLE_FORM.test(text) ? withoutInvisible(text) : undefined;
}
