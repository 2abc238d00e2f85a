import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { canHoldTwo } from "./device-list.ts";
import type { DeviceChoice, DeviceNews } from "./devices.ts";
import { createLocalDevice } from "./local-device.ts";
import { isFacingUser } from "./track-events.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeTrack extends EventTarget {
  readonly label: string;
  readyState = "live";
  muted = false;
  enabled = true;
  constructor(label: string) {
    super();
    this.label = label;
  }
  getSettings = () => ({ deviceId: this.label });
  stop = () => void (this.readyState = "ended");
  silence(isMuted: boolean) {
    this.muted = isMuted;
    this.dispatchEvent(new Event(isMuted ? "mute" : "unmute"));
  }
}

function scene() {
  const answers: ((answer: FakeTrack | Error) => void)[] = [];
  const open = () =>
    new Promise<MediaStreamTrack>((resolve, reject) => {
      answers.push((answer) =>
        answer instanceof Error ? reject(answer) : resolve(answer as unknown as MediaStreamTrack),
      );
    });
  const news: DeviceNews[] = [];
  const remembered: (DeviceChoice | undefined)[] = [];
  const events = {
    opened: () => {},
    chosen: (one: DeviceChoice | undefined) => remembered.push(one),
    news: (one: DeviceNews) => news.push(one),
  };
  const device = createLocalDevice("microphone", open, { chosen: undefined, canHoldTwo: true }, events);
  const answer = async (label: string | Error) => {
    const track = typeof label === "string" ? new FakeTrack(label) : label;
    answers.shift()?.(track);
    await vi.advanceTimersByTimeAsync(0);
    return track as FakeTrack;
  };
  const status = () => device.view.getSnapshot().status;
  return { device, answer, status, news };
}

test("[N96] stops a track that opens too late, and one that is switched off", async () => {
  const { device, answer, status } = scene();
  void device.setOn(true);
  await device.setOn(false);
  const late = await answer("a");
  expect([status(), late.readyState]).toEqual(["off", "ended"]);
  void device.setOn(true);
  const used = await answer("a");
  expect([status(), used.readyState]).toEqual(["on", "live"]);
  await device.setOn(false);
  expect([status(), used.readyState, device.track.getSnapshot()]).toEqual(["off", "ended", undefined]);
});

test("[N122] keeps the old track until the new one is open", async () => {
  const { device, answer, status, news } = scene();
  void device.setOn(true);
  const old = await answer("a");
  device.choose({ deviceId: "b", label: "b" });
  await answer(Object.assign(new Error(), { name: "NotReadableError" }));
  expect([status(), old.readyState]).toEqual(["on", "live"]);
  expect(news).toMatchObject([{ type: "switch-failed", why: "busy", used: { deviceId: "a" } }]);
  device.choose({ deviceId: "c", label: "c" });
  expect(old.readyState).toBe("live");
  await answer("c");
  expect([status(), old.readyState]).toEqual(["on", "ended"]);
});

test("[N126] reports a silenced track once it lasts, and its end at once", async () => {
  const { device, answer, status } = scene();
  void device.setOn(true);
  const track = await answer("a");
  track.silence(true);
  track.silence(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(status()).toBe("on");
  track.silence(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(status()).toBe("silenced");
  track.silence(false);
  expect(status()).toBe("on");
});

test("[N126] a microphone that is off and kept open carries nothing, whatever the system does", async () => {
  const { device, answer, status } = scene();
  device.stayOpen();
  void device.setOn(true);
  const track = await answer("a");
  await device.setOn(false);
  expect([status(), track.readyState, track.enabled]).toEqual(["off", "live", false]);
  track.silence(true);
  await vi.advanceTimersByTimeAsync(2_000);
  track.silence(false);
  expect([status(), track.enabled]).toEqual(["off", false]);
  await device.setOn(true);
  expect([status(), track.enabled]).toEqual(["on", true]);
  device.dispose();
  expect(track.readyState).toBe("ended");
});

test("[N127] switching on resolves once the device is reported as unanswered", async () => {
  const { device, answer, status } = scene();
  const waited = vi.fn();
  void device.setOn(true).then(waited);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(waited).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect([status(), waited.mock.calls.length]).toEqual(["unanswered", 1]);
  await answer("a");
  expect(status()).toBe("on");
});

const CHROME = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36";
test.each([
  ["microphone", CHROME, true],
  ["camera", CHROME, true],
  ["camera", "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", false],
  ["microphone", "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", true],
  ["microphone", "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", false],
  ["camera", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1", false],
] as const)("[N122] whether a second %s can be open at once depends on the browser (%s)", (kind, agent, expected) => {
  expect(canHoldTwo(kind, agent)).toBe(expected);
});

test.each([
  [{ facingMode: "user" }, "", true],
  [{ facingMode: "environment" }, "", false],
  [{ facingMode: "left" }, "", true],
  [{}, "camera2 0, facing back", false],
  [{}, "Rear Camera", false],
  [{}, "Integrated Webcam", true],
  [{}, "Backlit Webcam", true],
])("[N130] a camera with %j named “%s” faces the user: %s", (settings, label, expected) => {
  expect(isFacingUser(settings, label)).toBe(expected);
});
