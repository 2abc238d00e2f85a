import { expect, test } from "vitest";
import { lobbyLinkAfter } from "./lobby-link.ts";

test.each([
  ["the page closed it", 1, "closed"],
  ["the same guest connected again", 2, undefined],
  ["the server shuts down", 3, "closed"],
  ["we removed the guest", 4, "closed"],
  ["the room was deleted", 5, "closed"],
  ["the signalling was lost", 9, "lost"],
  ["the network was lost", 14, "lost"],
  ["no reason was given", 0, "closed"],
] as const)("[L40] a connection to the lobby ended because %s: %s", (_, reason, expected) => {
  expect(lobbyLinkAfter(reason)).toBe(expected);
});
