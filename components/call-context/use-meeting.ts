"use client";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Store } from "#lib/live/store.ts";
import type { ChatState } from "#lib/chat/chat-feed.ts";
import type { LobbyState } from "#lib/lobby/lobby-queue-feed.ts";
import type { ModerationLogState } from "#lib/moderation/moderation-log-feed.ts";
import type { Meeting, MeetingSnapshot } from "#lib/call/meeting.ts";
import type { LocalMedia } from "#lib/call/media/devices.ts";
import { isModerator } from "#lib/rooms/room.ts";
import type { Announcer } from "./announcer.ts";
import type { View, ViewStore } from "./view.ts";

export type MeetingContextValue = { meeting: Meeting; view: ViewStore; announcer: Announcer; shareUrl: string };

export const MeetingContext = createContext<MeetingContextValue | undefined>(undefined);

function useMeetingContext(): MeetingContextValue {
  const value = useContext(MeetingContext);
  if (value === undefined) throw new Error("This component shows a meeting and must stand inside <MeetingProvider>.");
  return value;
}

export const useMeeting = (): Meeting => useMeetingContext().meeting;
export const useViewStore = (): ViewStore => useMeetingContext().view;
export const useShareUrl = (): string => useMeetingContext().shareUrl;
export const useAnnouncer = (): Announcer => useMeetingContext().announcer;

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}

/** A part of a store. `select` must give the same object for the same snapshot, so pick parts and make no new ones. */
function usePart<T, P>(store: Store<T>, select: (value: T) => P): P {
  const read = () => select(store.getSnapshot());
  return useSyncExternalStore(store.subscribe, read, read);
}

/** A part of the call; the component renders again only when that part changes. */
export const useCallState = <P>(select: (call: MeetingSnapshot) => P): P => usePart(useMeeting().state, select);
export const useView = <P>(select: (view: View) => P): P => usePart(useViewStore(), select);
export const useMedia = <P>(select: (media: LocalMedia) => P): P => usePart(useMeeting().media, select);
export const useChat = <P>(select: (chat: ChatState) => P): P => usePart(useMeeting().chat, select);
export const useLobby = <P>(select: (lobby: LobbyState) => P): P => usePart(useMeeting().lobby, select);
export const useRecord = (): ModerationLogState => useStore(useMeeting().moderationLog);

/** Whether I am a host or a co-host. */
export const useIsModerator = (): boolean => useCallState(({ myRole }) => isModerator(myRole));
