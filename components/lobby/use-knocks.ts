"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAnnouncer, useIsModerator, useLobby, useMedia } from "#components/call-context/use-meeting.ts";
import { notifyOfKnock } from "#components/settings/system-notification.ts";
import { preferences } from "#components/preferences/preferences.ts";
import { chime } from "./chime.ts";
import { knockText, mayChime, mayAnnounce, newKnocks } from "./knocks.ts";

/** Notifies a host of each knock: an announcement, a sound, and a system notification while the page is in the background. */
export function useKnocks(): void {
  const t = useTranslations();
  const { announce } = useAnnouncer();
  const isModerator = useIsModerator();
  const guests = useLobby((lobby) => lobby.guests);
  const speakerId = useMedia(({ speaker }) => speaker.deviceId);
  const seen = useRef<ReadonlySet<string>>(new Set());
  const chimedAtMs = useRef<number>(undefined);
  const announcedAtMs = useRef<number>(undefined);
  useEffect(() => {
    const knocked = newKnocks(seen.current, guests);
    seen.current = new Set([...seen.current, ...guests.map(({ ticketId }) => ticketId)]);
    if (!isModerator || knocked.length === 0) return;
    if (mayAnnounce(announcedAtMs.current, performance.now(), guests.length)) {
      announcedAtMs.current = performance.now();
      const text = knockText(t, knocked, guests.length);
      announce(text);
      notifyOfKnock(text);
    }
    if (!preferences.getSnapshot().isChimeOn || !mayChime(chimedAtMs.current, performance.now())) return;
    chimedAtMs.current = performance.now();
    void chime(speakerId);
  }, [guests, isModerator, announce, speakerId, t]);
}
