"use client";
import { useSyncExternalStore } from "react";
import type { EntryFeed, EntryState } from "#lib/lobby/entry.ts";

const nothing = () => undefined;
const never = () => () => {};

/** The state of the entry request; undefined before the feed exists. */
export function useEntryState(feed: EntryFeed | undefined): EntryState | undefined {
  return useSyncExternalStore(feed?.state.subscribe ?? never, feed?.state.getSnapshot ?? nothing, nothing);
}
