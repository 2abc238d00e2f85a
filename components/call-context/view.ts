import { createStore, type Store } from "#lib/live/store.ts";

/** `auto` shows everyone until someone shares a screen; `spotlight` follows the speaker; `grid` never puts one tile in front. */
export const LAYOUTS = ["auto", "spotlight", "grid"] as const;
export type Layout = (typeof LAYOUTS)[number];

export type Corner = `${"top" | "bottom"}-${"left" | "right"}`;

export type Panel = "people" | "chat";
/** A part of the people panel that is opened when it is needed. */
export type Fold = "controls" | "cohosts" | "bans" | "log";
export type MeetingDialog = "settings" | "shortcuts" | "end";

/** This browser's view of the meeting: not shared with others, gone with the page. */
export type View = {
  panel: Panel | undefined;
  /** Kept here, like dialogs and drafts, because a panel is mounted again when the window becomes as narrow as a phone. */
  unfolded: readonly Fold[];
  /** The participant in the removal dialog. */
  removing: { identity: string; isBan: boolean } | undefined;
  /** How many waited when the meeting was opened up, while it is asked whether to admit them. */
  admitting: number;
  /** The meeting's title as it is being written. */
  titleDraft: string | undefined;
  /** The unsent chat message; kept while the panel shows people. */
  chatDraft: string;
  dialog: MeetingDialog | undefined;
  layout: Layout;
  /** Key of the tile in front. */
  pinned: string | undefined;
  /** From 0. Counts on in both directions: the stage begins again behind the last page, whatever their number is by then. */
  page: number;
  /** Where my own tile floats, and how large, while there are two people. */
  selfCorner: Corner;
  selfSize: "large" | "small" | "hidden";
};

export type ViewStore = Store<View> & {
  change: (part: Partial<View>) => void;
  togglePanel: (panel: Panel) => void;
  fold: (fold: Fold, isOpen: boolean) => void;
};

/** What is open within a panel when the panel opens. */
const FRESH_PANEL = {
  unfolded: [],
  removing: undefined,
  admitting: 0,
  titleDraft: undefined,
} as const satisfies Partial<View>;

/** What is open, pinned and turned to, for the life of one call. */
export function createView(): ViewStore {
  const store = createStore<View>({
    panel: undefined,
    ...FRESH_PANEL,
    chatDraft: "",
    dialog: undefined,
    layout: "auto",
    pinned: undefined,
    page: 0,
    selfCorner: "bottom-right",
    selfSize: "large",
  });
  const change = (part: Partial<View>) => {
    const before = store.getSnapshot();
    const isOtherPanel = "panel" in part && part.panel !== before.panel;
    store.set({ ...before, ...(isOtherPanel && FRESH_PANEL), ...part });
  };
  return {
    ...store,
    change,
    togglePanel: (panel) => change({ panel: store.getSnapshot().panel === panel ? undefined : panel }),
    fold(fold, isOpen) {
      const { unfolded } = store.getSnapshot();
      if (unfolded.includes(fold) === isOpen) return;
      change({ unfolded: isOpen ? [...unfolded, fold] : unfolded.filter((one) => one !== fold) });
    },
  };
}
