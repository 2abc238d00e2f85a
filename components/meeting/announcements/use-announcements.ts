"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Person } from "#lib/call/meeting.ts";
import { deviceAdvice } from "#components/devices/device-advice.ts";
import { useBrowser } from "#components/devices/use-browser.ts";
import { newMessagesText } from "./new-messages.ts";
import { participantChangesText } from "./participant-changes.ts";
import { deviceChangeText, shareChangeText } from "./device-changes.ts";
import { useAnnouncer, useCallState, useChat, useMedia, useView } from "#components/call-context/use-meeting.ts";

/** So long after the first change the changes are said together, in milliseconds: a class coming in is one sentence. */
const SETTLE_MS = 1_500;

/** Says what eyes would notice: who comes and goes, hands, messages, and what my own devices do. */
export function useAnnouncements(): void {
  useParticipantAnnouncements();
  useChatAnnouncements();
  useDeviceAnnouncements();
}

function useParticipantAnnouncements(): void {
  const t = useTranslations();
  const { announce } = useAnnouncer();
  const people = useCallState((call) => call.people);
  const isLive = useCallState(({ connection }) => connection.status === "live");
  const said = useRef<readonly Person[]>(undefined);
  const now = useRef(people);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    now.current = people;
    if (!isLive) return;
    // Those who were here before me are no news.
    if (said.current === undefined) said.current = people;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      announce(participantChangesText(t, said.current ?? now.current, now.current));
      said.current = now.current;
    }, SETTLE_MS);
  }, [people, isLive, announce, t]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      // Otherwise a second run of the effect above takes the cleared timer for one that runs, and says nothing any more.
      timer.current = undefined;
    },
    [],
  );
}

function useChatAnnouncements(): void {
  const t = useTranslations();
  const { announce } = useAnnouncer();
  const messages = useChat((chat) => chat.messages);
  const isOpen = useView(({ panel }) => panel === "chat");
  const myIdentity = useCallState((call) => call.myIdentity);
  const saidSeq = useRef<number>(undefined);
  useEffect(() => {
    const newestSeq = messages.at(-1)?.seq ?? 0;
    // What was written before I came is history.
    if (saidSeq.current !== undefined) {
      const fresh = messages.filter(({ seq, identity }) => seq > (saidSeq.current ?? 0) && identity !== myIdentity);
      announce(newMessagesText(t, fresh, isOpen));
    }
    saidSeq.current = Math.max(saidSeq.current ?? 0, newestSeq);
  }, [messages, isOpen, myIdentity, announce, t]);
}

function useDeviceAnnouncements(): void {
  useDeviceAnnouncement("microphone");
  useDeviceAnnouncement("camera");
  useShareAnnouncement();
}

function useDeviceAnnouncement(kind: "microphone" | "camera"): void {
  const t = useTranslations();
  const { announce } = useAnnouncer();
  const status = useMedia((media) => media[kind].status);
  const advice = deviceAdvice(t, kind, status, useBrowser())?.title;
  const before = useRef(status);
  useEffect(() => {
    announce(deviceChangeText(t, kind, before.current, status, advice));
    // What was on its way came from where it was before.
    if (status !== "starting") before.current = status;
  }, [kind, status, advice, announce, t]);
}

function useShareAnnouncement(): void {
  const t = useTranslations();
  const { announce } = useAnnouncer();
  const status = useMedia(({ screenShare }) => screenShare.status);
  const before = useRef(status);
  useEffect(() => {
    announce(shareChangeText(t, before.current, status));
    if (status !== "starting") before.current = status;
  }, [status, announce, t]);
}
