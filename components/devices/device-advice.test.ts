import { describe, expect, it } from "vitest";
import type { DeviceStatus } from "#lib/call/media/devices.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { browserOf, deviceAdvice } from "./device-advice.ts";

const t = textsIn("en");

describe("a camera or microphone that does not work", () => {
  it.each([
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "safari-phone"],
    ["Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "chrome-phone"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "firefox"],
    ["Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "safari"],
    ["Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "chrome"],
  ])("[S10] %s gets the words of %s", (agent, browser) => expect(browserOf(agent)).toBe(browser));

  it.each<[DeviceStatus, string | undefined]>([
    ["denied", "Your camera is blocked"],
    ["missing", "No camera found"],
    ["busy", "Your camera is in use"],
    ["failed", "Your camera didn’t start"],
    ["silenced", "Your camera is paused"],
    ["unanswered", "Your camera isn’t responding"],
    ["insecure", "No camera on an insecure page"],
    ["unsupported", "No camera in this browser"],
    ["on", undefined],
    ["off", undefined],
    ["starting", undefined],
  ])("[S10] %s says %s and how to mend it", (status, title) => {
    const advice = deviceAdvice(t, "camera", status, "chrome");
    expect(advice?.title).toBe(title);
    if (title) expect(advice?.sentence).toMatch(/\.$/);
  });
});
