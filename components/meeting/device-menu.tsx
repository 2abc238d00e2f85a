"use client";
import { Settings } from "lucide-react";
import type { DeviceKind } from "#lib/meeting/devices.ts";
import type { Advice } from "#components/devices/device-advice.ts";
import { MenuChoice, MenuItem, MenuLine, MenuOption } from "#components/ui/menu.tsx";
import { attempt } from "./attempt.ts";
import { useMedia, useMeeting, useViewStore } from "./use-meeting.ts";

const TITLES: Record<DeviceKind, string> = { microphone: "Microphone", camera: "Camera", speaker: "Speaker" };

/** Which device is used, with what is the matter on top. */
export function DeviceMenu({ source, advice }: { source: "microphone" | "camera"; advice: Advice | undefined }) {
  const view = useViewStore();
  const isSpeakerChoosable = useMedia((media) => media.speaker.isChoosable);
  return (
    <div className="max-w-80">
      {advice && (
        <p className="px-3 py-2 text-sm">
          <strong className="block font-semibold">{advice.title}</strong>
          <span className="text-ink-soft">{advice.sentence}</span>
        </p>
      )}
      <Choice kind={source} />
      {source === "microphone" && isSpeakerChoosable && <Choice kind="speaker" />}
      <MenuLine />
      <MenuItem icon={<Settings className="size-5" />} onSelect={() => view.change({ dialog: "settings" })}>
        All settings
      </MenuItem>
    </div>
  );
}

function Choice({ kind }: { kind: DeviceKind }) {
  const meeting = useMeeting();
  const choices = useMedia((media) => media.choices[kind]);
  const chosen = useMedia((media) => media[kind].deviceId);
  if (choices.length === 0) return null;
  const choose = (deviceId: string) => void attempt(() => meeting.chooseDevice(kind, deviceId));
  return (
    <MenuChoice label={TITLES[kind]} value={chosen ?? choices[0]?.deviceId ?? ""} onChoose={choose}>
      {choices.map(({ deviceId, label }) => (
        <MenuOption key={deviceId} value={deviceId}>
          {label}
        </MenuOption>
      ))}
    </MenuChoice>
  );
}
