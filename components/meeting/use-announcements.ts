"use client";
import { useEffect, useRef } from "react";
import type { Person } from "#lib/meeting/meeting.ts";
import { spokenMessages } from "./spoken-messages.ts";
import { spokenChanges } from "./spoken-changes.ts";
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
  const { say } = useAnnouncer();
  const isMicrophoneOn = useMedia(({ microphone }) => microphone.status === "on");
  const isCameraOn = useMedia(({ camera }) => camera.status === "on");
  const isSharing = useMedia(({ screenShare }) => screenShare.status === "on");
  const before = useRef({ isMicrophoneOn, isCameraOn, isSharing });
  useEffect(() => {
    const was = before.current;
    before.current = { isMicrophoneOn, isCameraOn, isSharing };
    if (was.isMicrophoneOn !== isMicrophoneOn) say(`Microphone ${isMicrophoneOn ? "on" : "off"}.`);
    if (was.isCameraOn !== isCameraOn) say(`Camera ${isCameraOn ? "on" : "off"}.`);
    if (was.isSharing !== isSharing)
      say(isSharing ? "You are sharing your screen." : "You stopped sharing your screen.");
  }, [isMicrophoneOn, isCameraOn, isSharing, say]);
}
