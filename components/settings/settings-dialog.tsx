"use client";
import { Mic, Video, Volume2 } from "lucide-react";
import type { ReactNode } from "react";
import type { DeviceKind } from "#lib/call/media/devices.ts";
import { deviceShown, needsSystem } from "#components/devices/device-shown.ts";
import { attempt } from "#components/call-context/attempt.ts";
import { useCallState, useMedia, useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { KeySetting } from "./key-setting.tsx";
import { changePreferences } from "#components/preferences/preferences.ts";
import { useNotifications } from "./use-notifications.ts";
import { usePreferences } from "#components/preferences/use-preferences.ts";

/** Devices, knock notifications and keyboard. Changes take effect immediately. */
export function SettingsDialog() {
  const view = useViewStore();
  const isOpen = useView(({ dialog }) => dialog === "settings");
  return (
    <Dialog isOpen={isOpen} onOpenChange={() => view.change({ dialog: undefined })} title="Settings">
      <div className="flex flex-col gap-6">
        <Group title="Devices">
          <DeviceSelect kind="microphone" label="Microphone" icon={<Mic className="size-4.5" />} />
          <DeviceSelect kind="speaker" label="Speaker" icon={<Volume2 className="size-4.5" />} />
          <DeviceSelect kind="camera" label="Camera" icon={<Video className="size-4.5" />} />
        </Group>
        <Group title="When someone asks to join">
          <KnockSettings />
        </Group>
        <Group title="Keyboard">
          <KeySetting />
        </Group>
        <Connection />
      </div>
    </Dialog>
  );
}

/** Which region carries me, and how far away it is. */
function Connection() {
  const region = useCallState((call) => call.region);
  if (region === undefined) return null;
  return (
    <Group title="Connection">
      <p className="text-[0.9375rem]">Your media server: {region}</p>
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

function DeviceSelect({ kind, label, icon }: { kind: DeviceKind; label: string; icon: ReactNode }) {
  const meeting = useMeeting();
  const choices = useMedia((media) => media.choices[kind]);
  const chosen = useMedia((media) => media[kind].deviceId);
  const isChoosable = useMedia((media) => kind !== "speaker" || media.speaker.isChoosable);
  const isEmpty = choices.length === 0 || !isChoosable;
  return (
    <Select
      label={label}
      icon={icon}
      disabled={isEmpty}
      value={deviceShown(kind, chosen, choices)}
      onChange={(event) => void attempt(() => meeting.chooseDevice(kind, event.target.value))}
    >
      {isEmpty && <option value="">{isChoosable ? `No ${label.toLowerCase()} found` : "System default"}</option>}
      {!isEmpty && needsSystem(kind, choices) && <option value="">System speaker</option>}
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
  const { isChimeOn } = usePreferences();
  const notifications = useNotifications();
  return (
    <>
      <Switch label="Play a sound" isOn={isChimeOn} onChange={(isOn) => changePreferences({ isChimeOn: isOn })} />
      {notifications.state !== "unsupported" && (
        <Switch
          label="Notify me while this tab is in the background"
          {...(notifications.state === "denied" && {
            description:
              "Your browser is blocking notifications. Allow them in the site settings next to the address bar.",
          })}
          isDisabled={notifications.state === "denied"}
          isOn={notifications.isOn}
          onChange={notifications.set}
        />
      )}
    </>
  );
}
