"use client";
import { useTranslations } from "next-intl";
import type { DeviceChoice, DeviceKind, Preview } from "#lib/call/media/devices.ts";
import { Button } from "#components/ui/button.tsx";

type UseButtonProps = { kind: DeviceKind; device: DeviceChoice; preview: Preview };

/** Takes the device that is offered instead of one that does not work. */
export function UseButton({ kind, device, preview }: UseButtonProps) {
  const t = useTranslations();
  return (
    <Button size="small" onClick={() => void preview.chooseDevice(kind, device.deviceId)}>
      {t("devices.use", { device: device.label })}
    </Button>
  );
}
