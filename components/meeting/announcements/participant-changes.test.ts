import { expect, test } from "vitest";
import type { Person } from "#lib/call/meeting.ts";
import { raisedHands } from "#components/people/hands.ts";
import { textsIn } from "../../../tests/support/texts.ts";
import { participantChangesText } from "./participant-changes.ts";

const person = (name: string, more: Partial<Person> = {}): Person => ({
  identity: name,
  person: name,
  name,
  role: "participant",
  kind: "guest",
  isMe: false,
  joinedAtMs: 0,
  handRaisedAtMs: undefined,
  isMicrophoneOn: false,
  isCameraOn: false,
  isSharing: false,
  isSharingSound: false,
  isSpeaking: false,
  quality: "good",
  ...more,
});
const me = person("Me", { isMe: true });
const hand = (name: string, handRaisedAtMs: number) => person(name, { handRaisedAtMs });

test.each([
  ["no change", [me], [me], ""],
  ["one joins", [me], [me, person("Ada")], "Ada joined."],
  ["two join", [me], [me, person("Ada"), person("Bo")], "Ada and Bo joined."],
  ["a class joins", [me], [me, person("Ada"), person("Bo"), person("Cy")], "3 people joined."],
  ["one leaves while one joins", [me, person("Ada")], [me, person("Bo")], "Bo joined. Ada left."],
  ["the network blinked", [me, person("Ada")], [me, person("Ada")], ""],
  ["a hand goes up", [me, person("Ada")], [me, hand("Ada", 5)], "Ada raised a hand."],
  ["my own hand is no news", [me], [person("Me", { isMe: true, handRaisedAtMs: 5 })], ""],
  ["a hand stays up", [hand("Ada", 5)], [hand("Ada", 5)], ""],
])("[I9] announces changes among participants once, in a short sentence: %s", (_, before, after, text) => {
  expect(participantChangesText(textsIn("en"), before, after)).toBe(text);
});

test("[I10] raised hands are in the order in which they were raised", () => {
  const people = [hand("c", 30), person("none"), hand("a", 10), hand("b2", 20), hand("b1", 20)];
  expect(raisedHands(people).map(({ name }) => name)).toEqual(["a", "b1", "b2", "c"]);
});
