"use client";
import { MicOff, Settings, VideoOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeviceKind } from "#lib/call/media/devices.ts";
import { type Advice, isTrouble } from "#components/devices/device-advice.ts";
import { deviceShown, needsSystem } from "#components/devices/device-shown.ts";
import { MenuChoice, MenuItem, MenuLine, MenuOption } from "#components/ui/menu.tsx";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useMedia, useMeeting, useViewStore } from "#components/call-context/use-meeting.ts";

/** Which device is used, with what is the matter on top. */
export function DeviceMenu({ source, advice }: { source: "microphone" | "camera"; advice: Advice | undefined }) {
  const t = useTranslations();
  const attempt = useAttempt();
  const view = useViewStore();
  const meeting = useMeeting();
  // Some troubles end by themselves, and then it would come on.
  const status = useMedia((media) => media[source].status);
  const Off = source === "microphone" ? MicOff : VideoOff;
  const setOff = () => (source === "microphone" ? meeting.setMicrophone(false) : meeting.setCamera(false));
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
      {isTrouble(status) && (
        <MenuItem icon={<Off className="size-5" />} onSelect={() => void attempt(() => setOff())}>
          {t(`call.keepOff.${source}`)}
        </MenuItem>
      )}
      {source === "microphone" && isSpeakerChoosable && <Choice kind="speaker" />}
      <MenuLine />
      <MenuItem icon={<Settings className="size-5" />} onSelect={() => view.change({ dialog: "settings" })}>
        {t("call.allSettings")}
      </MenuItem>
    </div>
  );
}

function Choice({ kind }: { kind: DeviceKind }) {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const choices = useMedia((media) => media.choices[kind]);
  const chosen = useMedia((media) => media[kind].deviceId);
  if (choices.length === 0) return null;
  const choose = (deviceId: string) => void attempt(() => meeting.chooseDevice(kind, deviceId));
  return (
    <MenuChoice label={t(`devices.${kind}`)} value={deviceShown(kind, chosen, choices)} onChoose={choose}>
      {needsSystem(kind, choices) && <MenuOption value="">{t("devices.systemSpeaker")}</MenuOption>}
      {choices.map(({ deviceId, label }) => (
        <MenuOption key={deviceId} value={deviceId}>
          {label}
        </MenuOption>
      ))}
    </MenuChoice>
  );
}
