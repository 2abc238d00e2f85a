import { isSpeakerChoosable } from "./device-choices.ts";
import type { DeviceKind, DeviceStatus, LocalMedia } from "./devices.ts";
import { rememberDevice, rememberedDevices } from "./memory.ts";

type Chosen = {
  status: () => DeviceStatus;
  deviceId: () => string | undefined;
  choose: (deviceId: string) => Promise<void>;
};

/** The devices that I use, the same in the green room and in the call. */
export type ChosenDevices = {
  describe: () => Pick<LocalMedia, DeviceKind>;
  /** Also for the next time. */
  choose: (kind: DeviceKind, deviceId: string) => Promise<void>;
};

/** @param tell - Another speaker was chosen; the others tell by themselves. */
export function createChosenDevices(camera: Chosen, microphone: Chosen, tell: () => void): ChosenDevices {
  let speakerId = rememberedDevices().speaker;
  return {
    describe: () => ({
      camera: { status: camera.status(), deviceId: camera.deviceId() },
      microphone: { status: microphone.status(), deviceId: microphone.deviceId() },
      speaker: { deviceId: speakerId, isChoosable: isSpeakerChoosable() },
    }),
    async choose(kind, deviceId) {
      rememberDevice(kind, deviceId);
      if (kind === "camera") return camera.choose(deviceId);
      if (kind === "microphone") return microphone.choose(deviceId);
      speakerId = deviceId;
      tell();
    },
  };
}
