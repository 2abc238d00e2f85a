"use client";
import { Mic, Video, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DeviceKind } from "#lib/call/media/devices.ts";
import { deviceShown, needsSystem } from "#components/devices/device-shown.ts";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useCallState, useMedia, useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { LanguageSelect } from "#components/texts/language-select.tsx";
import type { TextKey } from "#components/texts/texts.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { KeySetting } from "./key-setting.tsx";
import { changePreferences } from "#components/preferences/preferences.ts";
import { useNotifications } from "./use-notifications.ts";
import { usePreferences } from "#components/preferences/use-preferences.ts";

/** Devices, knock notifications and keyboard. Changes take effect immediately. */
export function SettingsDialog() {
  const t = useTranslations();
  const view = useViewStore();
  const isOpen = useView(({ dialog }) => dialog === "settings");
  return (
    <Dialog isOpen={isOpen} onOpenChange={() => view.change({ dialog: undefined })} title={t("settings.title")}>
      <div className="flex flex-col gap-6">
        <Group title={t("settings.devices")}>
          <DeviceSelect kind="microphone" none="settings.noMicrophoneFound" icon={<Mic className="size-4.5" />} />
          <DeviceSelect kind="speaker" none="settings.noSpeakerFound" icon={<Volume2 className="size-4.5" />} />
          <DeviceSelect kind="camera" none="settings.noCameraFound" icon={<Video className="size-4.5" />} />
        </Group>
        <Group title={t("settings.knocks")}>
          <KnockSettings />
        </Group>
        <Group title={t("settings.keyboard")}>
          <KeySetting />
        </Group>
        <LanguageSelect />
        <Connection />
      </div>
    </Dialog>
  );
}

/** Which region carries me, and how far away it is. */
function Connection() {
  const t = useTranslations();
  const region = useCallState((call) => call.region);
  if (region === undefined) return null;
  return (
    <Group title={t("settings.connection")}>
      <p className="text-[0.9375rem]">{t("settings.mediaServer", { region })}</p>
    </Group>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-sm font-semibold text-ink-soft">{title}</h3>
      {children}
    </section>
  );
}

type DeviceSelectProps = { kind: DeviceKind; none: TextKey; icon: ReactNode };

function DeviceSelect({ kind, none, icon }: DeviceSelectProps) {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const choices = useMedia((media) => media.choices[kind]);
  const chosen = useMedia((media) => media[kind].deviceId);
  const isChoosable = useMedia((media) => kind !== "speaker" || media.speaker.isChoosable);
  const isEmpty = choices.length === 0 || !isChoosable;
  return (
    <Select
      label={t(`devices.${kind}`)}
      icon={icon}
      disabled={isEmpty}
      value={deviceShown(kind, chosen, choices)}
      onChange={(event) => void attempt(() => meeting.chooseDevice(kind, event.target.value))}
    >
      {isEmpty && <option value="">{t(isChoosable ? none : "settings.systemDefault")}</option>}
      {!isEmpty && needsSystem(kind, choices) && <option value="">{t("devices.systemSpeaker")}</option>}
      {!isEmpty &&
        choices.map((choice) => (
          <option key={choice.deviceId} value={choice.deviceId}>
            {choice.label}
          </option>
        ))}
    </Select>
  );
}

function KnockSettings() {
  const t = useTranslations();
  const { isChimeOn } = usePreferences();
  const notifications = useNotifications();
  return (
    <>
      <Switch
        label={t("settings.playSound")}
        isOn={isChimeOn}
        onChange={(isOn) => changePreferences({ isChimeOn: isOn })}
      />
      {notifications.state !== "unsupported" && (
        <Switch
          label={t("settings.notify")}
          {...(notifications.state === "denied" && {
            description: t("settings.notifyBlocked"),
          })}
          isDisabled={notifications.state === "denied"}
          isOn={notifications.isOn}
          onChange={notifications.set}
        />
      )}
    </>
  );
}
