import { expect, test } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { logEntryText } from "./log-entry-text.ts";

test.each([
  ["Ana", "mute", "Ada", "", "Ana muted Ada"],
  ["Ana", "stop-camera", "Ada", "", "Ana turned off Ada’s camera"],
  ["Ana", "expel", "Ada", "", "Ana removed Ada"],
  ["Ana", "expel", "Ada", "ban", "Ana removed and blocked Ada"],
  ["Ana", "unban", "Ada", "", "Ana unblocked Ada"],
  ["Ana", "lock-source", "", "microphone:on", "Ana locked microphones for participants"],
  ["Ana", "lock-source", "", "screenShare:off", "Ana allowed screen sharing for participants"],
  ["Ana", "lock-room", "", "on", "Ana locked the meeting"],
  ["Ana", "lock-room", "", "off", "Ana unlocked the meeting"],
  ["Ana", "set-access", "", "open", "Ana changed who may join: anyone with the link joins directly"],
  ["Ana", "admitted", "Ada", "", "Ana admitted Ada"],
  ["Ana", "denied", "", "3", "Ana denied 3 waiting people"],
  ["", "became-host", "Ada", "", "Ada became the host"],
  ["Ana", "something-new", "Ada", "x", "Ana · something-new · Ada · x"],
])("[I8] the log says in a sentence what %s did: %s", (by, what, target, detail, sentence) => {
  expect(logEntryText(textsIn("en"), { atMs: 0, by, what, target, detail })).toBe(sentence);
});
