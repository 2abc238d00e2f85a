"use client";
import { useTranslations } from "next-intl";
import { Switch } from "#components/ui/switch.tsx";
import { changePreferences } from "#components/preferences/preferences.ts";
import { usePreferences } from "#components/preferences/use-preferences.ts";

/** Lets people whose speech or hand presses keys by accident switch off keys without Ctrl (WCAG 2.1.4). */
export function KeySetting() {
  const t = useTranslations();
  const { areSingleKeysOn } = usePreferences();
  return (
    <Switch
      label={t("shortcuts.single")}
      description={t("shortcuts.singleNote")}
      isOn={areSingleKeysOn}
      onChange={(isOn) => changePreferences({ areSingleKeysOn: isOn })}
    />
  );
}
