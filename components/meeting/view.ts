import { createStore, type Store } from "#lib/live/store.ts";
import type { Layout } from "./stage-plan.ts";

export type Panel = "people" | "chat";
export type MeetingDialog = "settings" | "shortcuts" | "end";

/** How this viewer looks at the meeting; concerns nobody else and is forgotten with the page. */
export type View = {
  panel: Panel | undefined;
  dialog: MeetingDialog | undefined;
  layout: Layout;
  /** Key of the tile in front. */
  pinned: string | undefined;
  /** From 0. Counts on in both directions: the stage begins again behind the last page, whatever their number is by then. */
  page: number;
};

export type ViewStore = Store<View> & { change: (part: Partial<View>) => void; togglePanel: (panel: Panel) => void };

/** What is open, pinned and turned to, for the life of one call. */
export function createView(): ViewStore {
  const store = createStore<View>({ panel: undefined, dialog: undefined, layout: "auto", pinned: undefined, page: 0 });
  const change = (part: Partial<View>) => store.set({ ...store.getSnapshot(), ...part });
  return {
    ...store,
    change,
    togglePanel: (panel) => change({ panel: store.getSnapshot().panel === panel ? undefined : panel }),
  };
}
