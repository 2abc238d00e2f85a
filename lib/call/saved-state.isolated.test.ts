import { afterEach, expect, test, vi } from "vitest";
import { storageOf } from "#lib/testing/storage.ts";
import { readTabState, saveDevice, saveTabState, savedDevice } from "./saved-state.ts";

/** A tab with empty storage. */
function openTab(): Record<string, string> {
  const items: Record<string, string> = {};
  const storage = storageOf(items);
  vi.stubGlobal("sessionStorage", storage);
  vi.stubGlobal("localStorage", storage);
  return items;
}

afterEach(() => void vi.unstubAllGlobals());

test("[N4] restores what was on after a reload, forgets it after leaving, and ignores unreadable state", () => {
  const items = openTab();
  saveTabState("abc", { isMicrophoneOn: true, isCameraOn: false });
  expect(readTabState("abc")).toEqual({ isMicrophoneOn: true, isCameraOn: false });
  expect(readTabState("other")).toBeUndefined();
  saveTabState("abc", undefined);
  expect(readTabState("abc")).toBeUndefined();
  items["veet.inside.abc"] = "{";
  expect(readTabState("abc")).toBeUndefined();
});

test("[N5] remembers the chosen device of each kind separately", () => {
  openTab();
  saveDevice("camera", { deviceId: "c1", label: "Front" });
  saveDevice("speaker", { deviceId: "s1", label: "Wall" });
  expect(savedDevice("camera")).toEqual({ deviceId: "c1", label: "Front" });
  expect(savedDevice("speaker")).toEqual({ deviceId: "s1", label: "Wall" });
  expect(savedDevice("microphone")).toBeUndefined();
  saveDevice("camera", undefined);
  expect(savedDevice("camera")).toBeUndefined();
});
