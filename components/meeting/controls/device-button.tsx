"use client";
import { ChevronUp, Lock, Mic, MicOff, TriangleAlert, Video, VideoOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { cx } from "#components/ui/cx.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { DeviceMenu } from "./device-menu.tsx";
import { ariaKeys } from "#components/call-context/shortcuts.ts";
import { useDeviceSwitch } from "./use-device-switch.ts";
import { isApple, useShortcutText } from "#components/call-context/use-shortcut-text.ts";

type Source = "microphone" | "camera";
type Icon = ComponentType<{ className?: string }>;
const ICONS: Record<Source, { on: Icon; off: Icon }> = {
  microphone: { on: Mic, off: MicOff },
  camera: { on: Video, off: VideoOff },
};

/** My microphone or camera: one press switches it, the arrow beside it chooses which. */
export function DeviceButton({ source }: { source: Source }) {
  const t = useTranslations();
  const { status, isOn, isLocked, advice, press } = useDeviceSwitch(source);
  const Icon = isOn ? ICONS[source].on : ICONS[source].off;
  const shortcut = useShortcutText(source);
  const action = t(isOn ? `devices.turnOff.${source}` : `devices.turnOn.${source}`);
  return (
    <div className="flex items-center">
      <IconButton
        label={advice ? t("call.withAdvice", { action, advice: advice.title }) : action}
        shortcut={shortcut}
        aria-keyshortcuts={ariaKeys(source, isApple())}
        aria-busy={status === "starting" || undefined}
        tone={isOn ? "neutral" : "inverse"}
        className={cx("size-12! md:rounded-r-none!", isLocked && "opacity-70")}
        icon={
          <>
            <Icon className={cx("size-5.5", status === "starting" && "opacity-50")} />
            {advice && <Mark isLocked={isLocked} />}
          </>
        }
        onClick={press}
      />
      <Menu
        side="top"
        align="start"
        trigger={
          <IconButton
            label={t(`call.choose.${source}`)}
            tone={isOn ? "neutral" : "inverse"}
            className="hidden! h-12! w-8! rounded-l-none! border-l border-line! md:grid!"
            icon={<ChevronUp className="size-4" />}
          />
        }
      >
        <DeviceMenu source={source} advice={advice} />
      </Menu>
    </div>
  );
}

function Mark({ isLocked }: { isLocked: boolean }) {
  const Sign = isLocked ? Lock : TriangleAlert;
  return (
    <span className="absolute -top-1 -right-0.5 grid size-5.5 place-items-center rounded-full border border-line bg-raised text-ink">
      <Sign className="size-3" />
    </span>
  );
}
