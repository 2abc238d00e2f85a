"use client";
import { Switch } from "#components/ui/switch.tsx";
import { changePreferences } from "#components/preferences/preferences.ts";
import { usePreferences } from "#components/preferences/use-preferences.ts";

/** Lets people whose speech or hand presses keys by accident switch off keys without Ctrl (WCAG 2.1.4). */
export function KeySetting() {
  const { areSingleKeysOn } = usePreferences();
  return (
    <Switch
      label="Single-key shortcuts"
      description="H, C, P, A, ? and the arrows, while you are not typing"
      isOn={areSingleKeysOn}
      onChange={(isOn) => changePreferences({ areSingleKeysOn: isOn })}
    />
  );
}
