/** Characters (UTF-16 units) of one message. */
export const MAX_CHAT_LENGTH = 2_000;

/** The text of a message as it is sent; undefined when there is none, or when it is too long. */
export function chatTextOf(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === "" || trimmed.length > MAX_CHAT_LENGTH ? undefined : trimmed;
}
