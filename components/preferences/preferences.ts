import { readItem, saveItem } from "#lib/browser/storage.ts";
import { readFields } from "#lib/json.ts";
import { createStore } from "#lib/live/store.ts";

export type Preferences = {
  /** Shortcuts of one letter; those with Ctrl or Cmd always work. */
  areSingleKeysOn: boolean;
  /** A sound for each knock. */
  isChimeOn: boolean;
  /** A system notification for a knock while the page is in the background. */
  areNotificationsOn: boolean;
};

const DEFAULTS: Preferences = { areSingleKeysOn: true, isChimeOn: true, areNotificationsOn: false };

const KEY = "veet.preferences";

/** Preferences stored in this browser. */
export const preferences = createStore<Preferences>(DEFAULTS, (set) => {
  const load = () => set(read());
  load();
  addEventListener("storage", load);
  return () => removeEventListener("storage", load);
});

/** An unreadable value counts as not set. */
function read(): Preferences {
  const saved = readFields(readItem("browser", KEY) ?? "") ?? {};
  const stored = Object.entries(DEFAULTS).map(([name, value]) => {
    const own = saved[name];
    return [name, typeof own === "boolean" ? own : value];
  });
  return Object.fromEntries(stored) as Preferences;
}

/** Where storage is blocked, the choice lasts as long as the page. */
export function changePreferences(part: Partial<Preferences>): void {
  const next = { ...preferences.getSnapshot(), ...part };
  preferences.set(next);
  saveItem("browser", KEY, JSON.stringify(next));
}
