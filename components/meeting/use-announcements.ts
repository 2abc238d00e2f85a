"use client";
import { useEffect, useRef } from "react";
import type { Person } from "#lib/call/meeting.ts";
import { deviceAdvice } from "#components/devices/device-advice.ts";
import { useBrowser } from "#components/devices/use-browser.ts";
import { spokenMessages } from "./spoken-messages.ts";
import { spokenChanges } from "./spoken-changes.ts";
import { spokenDevice, spokenShare } from "./spoken-devices.ts";
import { useAnnouncer, useCall, useChat, useMedia, useView } from "./use-meeting.ts";

/** So long after the first change the changes are said together, in milliseconds: a class coming in is one sentence. */
const SETTLE_MS = 1_500;

/** Says what eyes would notice: who comes and goes, hands, messages, and what my own devices do. */
export function useAnnouncements(): void {
  usePeopleSpoken();
  useChatSpoken();
  useDevicesSpoken();
}

function usePeopleSpoken(): void {
  const { say } = useAnnouncer();
  const people = useCall((call) => call.people);
  const isLive = useCall(({ connection }) => connection.status === "live");
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
      say(spokenChanges(said.current ?? now.current, now.current));
      said.current = now.current;
    }, SETTLE_MS);
  }, [people, isLive, say]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      // Otherwise a second run of the effect above takes the cleared timer for one that runs, and says nothing any more.
      timer.current = undefined;
    },
    [],
  );
}

function useChatSpoken(): void {
  const { say } = useAnnouncer();
  const messages = useChat((chat) => chat.messages);
  const isOpen = useView(({ panel }) => panel === "chat");
  const myIdentity = useCall((call) => call.myIdentity);
  const saidSeq = useRef<number>(undefined);
  useEffect(() => {
    const newestSeq = messages.at(-1)?.seq ?? 0;
    // What was written before I came is history.
    if (saidSeq.current !== undefined) {
      const fresh = messages.filter(({ seq, identity }) => seq > (saidSeq.current ?? 0) && identity !== myIdentity);
      say(spokenMessages(fresh, isOpen));
    }
    saidSeq.current = Math.max(saidSeq.current ?? 0, newestSeq);
  }, [messages, isOpen, myIdentity, say]);
}

function useDevicesSpoken(): void {
  useDeviceSpoken("microphone");
  useDeviceSpoken("camera");
  useShareSpoken();
}

function useDeviceSpoken(kind: "microphone" | "camera"): void {
  const { say } = useAnnouncer();
  const status = useMedia((media) => media[kind].status);
  const advice = deviceAdvice(kind, status, useBrowser())?.title;
  const before = useRef(status);
  useEffect(() => {
    say(spokenDevice(kind, before.current, status, advice));
    // What was on its way came from where it was before.
    if (status !== "starting") before.current = status;
  }, [kind, status, advice, say]);
}

function useShareSpoken(): void {
  const { say } = useAnnouncer();
  const status = useMedia(({ screenShare }) => screenShare.status);
  const before = useRef(status);
  useEffect(() => {
    say(spokenShare(before.current, status));
    if (status !== "starting") before.current = status;
  }, [status, say]);
}
