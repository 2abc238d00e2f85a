import type { BrowserContext } from "@playwright/test";
import { readStack } from "./stack.ts";

/** The payload of every token for a lobby begins with this: `{"video":{"roomJoin":true,"room":"lobby.`. */
const LOBBY_TOKEN = "eyJ2aWRlbyI6eyJyb29tSm9pbiI6dHJ1ZSwicm9vbSI6ImxvYmJ5L";

/** Console errors that belong to a story. Everything else fails the test that saw it. */
const EXPECTED: readonly { text: RegExp; why: string }[] = [
  {
    text: /^Failed to load resource: the server responded with a status of 4\d\d/,
    why: "The browser writes this for each refusal of our API; the story says what the person saw instead.",
  },
  {
    text: new RegExp(`/rtc/v1.*${LOBBY_TOKEN}`),
    why: "A guest who is admitted or denied before the connection to the lobby is up has it refused.",
  },
];

/** Collects what pages complain about: console errors, uncaught exceptions, and whatever the content security policy stopped. */
export function recordErrors(context: BrowserContext, alsoExpected: RegExp[]): { unexpected: () => string[] } {
  const errors: string[] = [];
  context.on("console", (message) => {
    const { url } = message.location();
    // Other sites, such as the identity provider, answer for themselves.
    const isElsewhere = url.startsWith("http") && !url.startsWith(readStack().baseUrl);
    if (message.type() === "error" && !isElsewhere) errors.push(`${message.text()} (${url})`);
  });
  context.on("weberror", (error) => errors.push(String(error.error().stack ?? error.error())));
  const isExpected = (error: string) =>
    [...EXPECTED.map(({ text }) => text), ...alsoExpected].some((text) => text.test(error));
  return { unexpected: () => errors.filter((error) => !isExpected(error)) };
}
