"use client";
import { useKnocks } from "#components/lobby/use-knocks.ts";
import { useAnnouncements } from "./announcements/use-announcements.ts";
import { useChatOpen } from "./use-chat-open.ts";
import { useDeviceAdvice, useDeviceNewsToasts } from "./controls/use-device-switch.ts";
import { useNotices } from "./announcements/use-notices.ts";
import { useShortcuts } from "./controls/use-shortcuts.ts";
import { useTabTitle } from "./use-tab-title.ts";
import { useWakeLock } from "./use-wake-lock.ts";

/** What a call does outside of its picture: words, sounds, keys, the tab's title, the screen's sleep. Renders nothing, so it disturbs nothing. */
export function MeetingSideEffects() {
  useShortcuts();
  useAnnouncements();
  useNotices();
  useKnocks();
  useTabTitle();
  useChatOpen();
  useWakeLock();
  useDeviceAdvice("microphone");
  useDeviceAdvice("camera");
  useDeviceAdvice("screenShare");
  useDeviceNewsToasts();
  return null;
}
