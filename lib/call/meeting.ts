import type { ChatState } from "#lib/chat/chat-feed.ts";
import type { ErrorCode } from "#lib/errors.ts";
import type { LobbyState } from "#lib/lobby/lobby-queue-feed.ts";
import type { Verdict } from "#lib/lobby/lobby-schema.ts";
import type { ModerationLogState } from "#lib/moderation/moderation-log-feed.ts";
import type { Store } from "#lib/live/store.ts";
import type { ModerationAction, ModerationAnswer } from "#lib/moderation/moderation-schema.ts";
import type { Notice } from "#lib/rooms/nudge-schema.ts";
import type { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import type { Role } from "#lib/rooms/room.ts";
import type { RoomSettings } from "#lib/rooms/room-schema.ts";
import type { DeviceKind, LocalMedia } from "./media/devices.ts";

/** A participant's network quality, as LiveKit rates it. */
export type Quality = "excellent" | "good" | "poor" | "lost" | "unknown";

/** A participant: one seat, whatever the number of legs it is seen on. */
export type Person = {
  identity: string;
  /** The same on all devices of one user. */
  person: string;
  name: string;
  role: Role;
  kind: ParticipantKind;
  isMe: boolean;
  joinedAtMs: number;
  /** Server time; undefined while the hand is down. */
  handRaisedAtMs: number | undefined;
  isMicrophoneOn: boolean;
  isCameraOn: boolean;
  isSharing: boolean;
  /** The share has sound that plays. */
  isSharingSound: boolean;
  isSpeaking: boolean;
  quality: Quality;
};

/** A video that can be shown. Sound plays without components. */
export type VideoFeed = {
  /** Stable while the publication lasts: a React key. */
  id: string;
  identity: string;
  source: "camera" | "screenShare";
  /** Shows it in the element until the returned function is called. Adaptive stream picks the size of the element. */
  attach: (element: HTMLVideoElement) => () => void;
};

/** What the call's connection is doing. */
export type CallStatus =
  | { status: "joining" }
  | { status: "live" }
  /** `sinceMs` by this browser's clock. */
  | { status: "reconnecting"; sinceMs: number }
  /** It ended; `code` says why. The screen decides whether to offer entering again. */
  | { status: "closed"; reason: "left" | "removed" | "banned" | "moved" | "ended" | "lost"; code?: ErrorCode };

/** Immutable. Parts keep their identity when nothing in them changed. */
export type MeetingSnapshot = {
  connection: CallStatus;
  myIdentity: string;
  myRole: Role;
  room: RoomSettings;
  /** Me first, then the order of arrival. */
  people: readonly Person[];
  feeds: readonly VideoFeed[];
  /** Identities, loudest first. */
  speakers: readonly string[];
  /** The browser waits for a click before it plays sound. */
  isSoundBlocked: boolean;
  /** Region of the home leg, with the round trip when known: `eu-south-2 · 12 ms`. */
  region: string | undefined;
};

/** One call, from entry to leaving. Components see this and never a LiveKit Room. */
export type Meeting = {
  state: Store<MeetingSnapshot>;
  media: Store<LocalMedia>;
  chat: Store<ChatState>;
  /** Guests who wait; stays empty for participants. */
  lobby: Store<LobbyState>;
  /** Bans and activity log; loaded while it is open, for moderators only. */
  moderationLog: Store<ModerationLogState>;

  /** Does nothing while a host has locked it. Failures are in `media`. */
  setMicrophone: (isOn: boolean) => Promise<void>;
  setCamera: (isOn: boolean) => Promise<void>;
  /** Resolves false when the user closed the browser's picker. */
  setScreenShare: (isOn: boolean) => Promise<boolean>;
  /** Mutes the sound of the own share, or sends it again after a host muted it. */
  setShareSound: (isOn: boolean) => Promise<void>;
  chooseDevice: (kind: DeviceKind, deviceId: string) => Promise<void>;
  /** Receives a participant's video until the returned function is called: it has a place on the screen. */
  watch: (identity: string, source: VideoFeed["source"]) => () => void;
  allowSound: () => Promise<void>;

  raiseHand: (isRaised: boolean) => Promise<void>;
  /** @throws AppError `rate_limited`, `bad_request` */
  sendChat: (text: string) => Promise<void>;
  setChatOpen: (isOpen: boolean) => void;

  decide: (ticketId: string, verdict: Verdict) => Promise<void>;
  /** Decides on the guests in `lobby` now; a guest who knocks while this runs is not included. */
  decideAll: (verdict: Verdict) => Promise<void>;
  moderate: (action: ModerationAction) => Promise<ModerationAnswer>;

  /** Notified when a host acts on this participant. */
  onNotice: (listener: (notice: Notice) => void) => () => void;
  leave: () => Promise<void>;
  /** Frees everything without notifying the server: for unmounting. */
  dispose: () => void;
};
