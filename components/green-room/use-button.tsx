"use client";
import type { DeviceChoice, DeviceKind, Preview } from "#lib/call/media/devices.ts";
import { Button } from "#components/ui/button.tsx";

type UseButtonProps = { kind: DeviceKind; device: DeviceChoice; preview: Preview };

/** Takes the device that is offered instead of one that does not work. */
export function UseButton({ kind, device, preview }: UseButtonProps) {
  return (
    <Button size="small" onClick={() => void preview.chooseDevice(kind, device.deviceId)}>
      Use {device.label}
    </Button>
  );
}
