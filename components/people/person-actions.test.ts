import { expect, test } from "vitest";
import type { Person } from "#lib/call/meeting.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { personActions } from "./person-actions.ts";

const ada: Person = {
  identity: `p_${"a".repeat(20)}`,
  person: "ada",
  name: "Ada",
  role: "participant",
  kind: "guest",
  isMe: false,
  joinedAtMs: 0,
  handRaisedAtMs: undefined,
  isMicrophoneOn: true,
  isCameraOn: false,
  isSharing: false,
  isSharingSound: false,
  isSpeaking: false,
  quality: "good",
};
const verbs = (role: Person["role"], more: Partial<Person>) =>
  personActions(role, { ...ada, ...more })
    .map(({ action }) => action.action)
    .join(" ");

test.each<[Person["role"], Partial<Person>, string]>([
  ["host", {}, "mute make-cohost expel"],
  [
    "host",
    { isMicrophoneOn: false, isCameraOn: true, isSharing: true, handRaisedAtMs: 1 },
    "stop-camera stop-share lower-hand make-cohost expel",
  ],
  ["host", { role: "cohost" }, "mute unmake-cohost expel"],
  ["cohost", {}, "mute expel"],
  ["cohost", { role: "cohost" }, "mute"],
  ["cohost", { role: "host" }, ""],
  ["participant", {}, ""],
  ["host", { isMe: true, role: "host" }, ""],
])("[I22] a %s is offered exactly what may be done and would change something: %j", (role, more, expected) => {
  expect(verbs(role, more)).toBe(expected);
});

test("[I22] names the participant in every action", () => {
  const t = textsIn("en");
  for (const { action } of personActions("host", { ...ada, isCameraOn: true }))
    for (const part of ["label", "done"] as const)
      expect(t(`people.actions.${action.action}.${part}`, { name: "Ada" })).toContain("Ada");
});
