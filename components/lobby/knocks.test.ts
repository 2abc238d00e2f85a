import { expect, test } from "vitest";
import { TicketId } from "#lib/ids.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { CHIME_PAUSE_MS, knockText, mayChime, mayAnnounce, newKnocks } from "./knocks.ts";

const t = textsIn("en");
const guest = (letter: string) => ({
  ticketId: TicketId.parse(`t_${letter.repeat(20)}`),
  name: letter,
  kind: "guest" as const,
  askedAtMs: 0,
  isConnected: true,
  denials: 0,
  networkDenials: 0,
  isLikeRemoved: false,
  isLikeHost: false,
  isAsleep: false,
  listedUntilMs: 16_000,
});

test("[I4] only people who were not waiting before are a knock", () => {
  const [a, b] = [guest("a"), guest("b")];
  expect(newKnocks(new Set(), [a])).toEqual([a]);
  expect(newKnocks(new Set([a.ticketId]), [a, b])).toEqual([b]);
  expect(newKnocks(new Set([a.ticketId, b.ticketId]), [b])).toEqual([]);
});

test.each([
  [undefined, 0, true],
  [0, CHIME_PAUSE_MS - 1, false],
  [0, CHIME_PAUSE_MS, true],
])("[I5] a burst of knocks rings once in ten seconds (last %s, now %i)", (last, now, expected) => {
  expect(mayChime(last, now)).toBe(expected);
});

test.each([
  [["Ada"], 1, "Ada asks to join."],
  [["Ada"], 3, "Ada asks to join. 3 people are waiting."],
  [["Ada", "Bo"], 2, "Ada and Bo ask to join."],
  [["Ada", "Bo"], 5, "5 people are waiting to join."],
  [["Ada", "Bo", "Cy"], 3, "3 people are waiting to join."],
])("[I6] a knock is said by name while that is short: %j of %i", (names, count, text) => {
  expect(
    knockText(
      t,
      names.map((name) => ({ name, isLikeHost: false })),
      count,
    ),
  ).toBe(text);
});

test("[L27] a knock under a name that reads like a host's says so", () => {
  const knocked = [{ name: "Hаnna Host", isLikeHost: true }];
  expect(knockText(t, knocked, 1)).toBe("Hаnna Host asks to join. The name looks like a host’s.");
  expect(knockText(t, knocked, 4)).toBe("Hаnna Host asks to join. The name looks like a host’s. 4 people are waiting.");
});

test.each([
  [0, 1, 10, true],
  [undefined, 0, 100, true],
  [0, CHIME_PAUSE_MS - 1, 11, false],
  [0, CHIME_PAUSE_MS, 100, true],
])(
  "[I5] in a crowd knocks are said no more often than they ring (last %s, now %i, %i waiting)",
  (last, now, count, expected) => {
    expect(mayAnnounce(last, now, count)).toBe(expected);
  },
);
