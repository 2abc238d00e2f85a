"use client";
import { useState, useSyncExternalStore } from "react";
import { type StatusFeed, type StatusState, createStatusFeed } from "#lib/health/status-feed.ts";

const LOADING: StatusState = { status: "loading" };

/** How the sites are, and a way to ask at once. */
export function useStatus(): { state: StatusState; feed: StatusFeed } {
  const [feed] = useState(createStatusFeed);
  const state = useSyncExternalStore(feed.state.subscribe, feed.state.getSnapshot, () => LOADING);
  return { state, feed };
}
