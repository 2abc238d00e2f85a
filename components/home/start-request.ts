/**
 * What the home page's address asks it to start.
 *
 * - `focus`: was sent to sign in for it, and finds the button at hand.
 * - `start`: pressed "New meeting" before the page could act on it, so the browser took the press here.
 * - `later`: the same for a link to send, or sent to sign in for that.
 */
export type StartRequest = "focus" | "start" | "later" | undefined;

/**
 * Reads the wish.
 *
 * @param isFromOwnPage - A link on another site must not create rooms in the user's name.
 */
export function readStartRequest(start: unknown, isFromOwnPage: boolean): StartRequest {
  if (start === "later") return "later";
  if (start === "pressed" && isFromOwnPage) return "start";
  return start === "now" || start === "pressed" ? "focus" : undefined;
}
