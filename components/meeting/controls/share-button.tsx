"use client";
import { MonitorUp, MonitorX } from "lucide-react";
import { useTranslations } from "next-intl";
import { cx } from "#components/ui/cx.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useDeviceSwitch } from "./use-device-switch.ts";

/** Shares my screen. Not on phones, whose browsers cannot. */
export function ShareButton() {
  const t = useTranslations();
  const { isOn, isLocked, advice, press } = useDeviceSwitch("screenShare");
  const Icon = isOn ? MonitorX : MonitorUp;
  const action = t(isOn ? "call.stopSharingScreen" : "call.shareScreen");
  return (
    <IconButton
      label={isLocked && advice ? t("call.withAdvice", { action, advice: advice.title }) : action}
      tone={isOn ? "primary" : "neutral"}
      className={cx("hidden! size-12! sm:grid!", isLocked && "opacity-70")}
      icon={<Icon className="size-5.5" />}
      onClick={press}
    />
  );
}
