import type { Notice, Nudge } from "#lib/rooms/nudge-schema.ts";
import { isModerator } from "#lib/rooms/room.ts";
import type { CallState } from "./call-state.ts";
import type { ChatFeed } from "#lib/chat/chat-feed.ts";
import { isWantedOn } from "./media/devices.ts";
import type { HostWatch } from "./host-watch.ts";
import type { CallConnection } from "./connection/call-connection.ts";
import type { LobbyQueueFeed } from "#lib/lobby/lobby-queue-feed.ts";
import { saveTabState } from "./saved-state.ts";
import { type LocalMember, locksFor } from "./media/local-member.ts";
import type { HeartbeatFeed } from "#lib/seats/heartbeat-feed.ts";
import type { ModerationLogFeed } from "#lib/moderation/moderation-log-feed.ts";

/** The parts of one call. Each knows its own business; what follows from what is said here. */
export type CallParts = {
  code: string;
  state: CallState;
  line: CallConnection;
  media: LocalMember;
  presence: HeartbeatFeed;
  chat: ChatFeed;
  lobby: LobbyQueueFeed;
  moderationLog: ModerationLogFeed;
  hostWatch: HostWatch;
  notices: Set<(notice: Notice) => void>;
};

/** What my role and the room's locks open or close for me. */
export function applyRights({ state, media, lobby, moderationLog, line }: CallParts): void {
  const mayModerate = isModerator(state.me().role);
  const { locks } = state.room();
  lobby.setModerator(mayModerate);
  moderationLog.setModerator(mayModerate);
  media.setLocks(locksFor(mayModerate, locks));
  line.legs.setLocks(locks);
}

/** What follows from a word of the server's. */
export function hear(parts: CallParts, nudge: Nudge): void {
  switch (nudge.kind) {
    case "lobby":
      return parts.lobby.now();
    case "log":
      return parts.moderationLog.now();
    case "room":
      return parts.presence.nudged();
    case "legs":
      return parts.line.legsChanged();
    case "home":
      return parts.line.homeWished(nudge.leg);
    case "chat":
      return parts.chat.received(nudge.message);
    case "notice":
      return hearNotice(parts, nudge.notice);
    case "verdict":
      return; // for guests in the lobby
    default:
      return nudge satisfies never;
  }
}

function hearNotice({ media, presence, notices }: CallParts, notice: Notice): void {
  // The SDK follows a mute of the server's by itself; said twice it is still the same.
  if (notice.type === "muted") void Promise.all([media.setMicrophone(false), media.setShareSound(false)]);
  else if (notice.type === "camera-stopped") void media.setCamera(false);
  else if (notice.type === "share-stopped") void media.setScreenShare(false);
  else presence.now();
  for (const listener of notices) listener(notice);
}

/** What follows from a change in the picture of the call, until the returned function is called. */
export function followState(parts: CallParts): () => void {
  const { state, presence, lobby, hostWatch } = parts;
  let before = state.state.getSnapshot();
  const unsubscribe = state.state.subscribe(() => {
    const after = state.state.getSnapshot();
    const isLive = after.connection.status === "live";
    presence.setLive(after.connection.status !== "reconnecting");
    lobby.setLive(isLive);
    // The API may know why, and whether only the media is away.
    if (before.connection.status === "live" && after.connection.status === "reconnecting") presence.now();
    if (isLive) hostWatch.see(after.people.some(({ role }) => role === "host"));
    if (before.myRole !== after.myRole) applyRights(parts);
    before = after;
  });
  const unfollowMedia = followMedia(parts);
  return () => {
    unsubscribe();
    unfollowMedia();
  };
}

/** Keeps what a reload should find again. */
function followMedia({ code, state, media }: CallParts): () => void {
  const keep = () => {
    const { microphone, camera } = media.media.getSnapshot();
    saveTabState(code, {
      isMicrophoneOn: isWantedOn(microphone.status),
      isCameraOn: isWantedOn(camera.status),
    });
  };
  keep();
  return media.media.subscribe(() => {
    keep();
    state.refresh();
  });
}
