import { expect, test } from "vitest";
import type { Person } from "#lib/call/meeting.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { participantLabel } from "./participant-label.ts";

const ada: Person = {
  identity: "ada",
  person: "ada",
  name: "Ada",
  role: "participant",
  kind: "account",
  isMe: false,
  joinedAtMs: 0,
  handRaisedAtMs: undefined,
  isMicrophoneOn: true,
  isCameraOn: true,
  isSharing: false,
  isSharingSound: false,
  isSpeaking: false,
  quality: "good",
};

test.each<[string, Partial<Person>, string]>([
  ["a microphone that is on", {}, "Ada"],
  ["nothing that is heard", { isMicrophoneOn: false }, "Ada, muted"],
  ["sound of a share", { isMicrophoneOn: false, isSharingSound: true }, "Ada, sharing audio"],
  ["both", { isSharingSound: true }, "Ada"],
])("[N136] a tile says muted only of a participant who is silent: %s", (_, more, expected) => {
  expect(participantLabel(textsIn("en"), "person", { ...ada, ...more })).toBe(expected);
});
