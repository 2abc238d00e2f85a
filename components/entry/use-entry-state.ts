"use client";
import { useSyncExternalStore } from "react";
import type { EntryFeed, EntryState } from "#lib/lobby/entry.ts";

const nothing = () => undefined;
const never = () => () => {};

/** What has become of asking to enter; undefined while nobody can be asked. */
export function useEntryState(feed: EntryFeed | undefined): EntryState | undefined {
  return useSyncExternalStore(feed?.state.subscribe ?? never, feed?.state.getSnapshot ?? nothing, nothing);
}
