import { z } from "zod";
import { createStore } from "#lib/live/store.ts";

const Preferences = z.object({
  /** Shortcuts of one letter; those with Ctrl or Cmd always work. */
  areSingleKeysOn: z.boolean().catch(true),
  /** A sound for each knock. */
  isChimeOn: z.boolean().catch(true),
  /** A system notification for a knock while the page is in the background. */
  areNotificationsOn: z.boolean().catch(false),
});
export type Preferences = z.infer<typeof Preferences>;

const KEY = "veet.preferences";

/** Preferences stored in this browser. An unreadable value counts as not set. */
export const preferences = createStore<Preferences>(Preferences.parse({}), (set) => {
  const load = () => set(read());
  load();
  addEventListener("storage", load);
  return () => removeEventListener("storage", load);
});

function read(): Preferences {
  try {
    return Preferences.parse(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    // Storage may be forbidden or hold something of an older version.
    return Preferences.parse({});
  }
}

export function changePreferences(part: Partial<Preferences>): void {
  const next = { ...preferences.getSnapshot(), ...part };
  preferences.set(next);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Then the choice lasts as long as the page.
  }
}
