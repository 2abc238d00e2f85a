import type { DeviceId } from "#lib/ids.ts";
import { type ChatFeed, createChatFeed } from "#lib/chat/chat-feed.ts";
import { wait } from "#lib/live/poll.ts";
import { sawNudge } from "#lib/seen-revisions.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import { type LobbyQueueFeed, createLobbyQueueFeed } from "#lib/lobby/lobby-queue-feed.ts";
import { type ModerationLogFeed, createModerationLogFeed } from "#lib/moderation/moderation-log-feed.ts";
import type { Notice, Nudge } from "#lib/rooms/nudge-schema.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { type HeartbeatFeed, createHeartbeatFeed } from "#lib/seats/heartbeat-feed.ts";
import { roomAddress } from "#lib/seats/room-client.ts";
import { type CallState, createCallState } from "./call-state.ts";
import { type CallConnection, createCallConnection } from "./connection/call-connection.ts";
import type { Deps } from "./deps.ts";
import { type HostWatch, createHostWatch } from "./host-watch.ts";
import { type Preview, isWantedOn } from "./media/devices.ts";
import { type LocalMember, createLocalMember, locksFor } from "./media/local-member.ts";
import { saveTabState } from "./saved-state.ts";

/** After this long, in ms, publishing is not waited for any longer before the API is asked for news. */
const PUBLISHING_MS = 1_000;

export type MeetingInput = {
  code: string;
  device: DeviceId;
  admission: Admission;
  /** Its open tracks are taken over and published as they are. */
  preview?: Preview | undefined;
};

type CallParts = {
  code: string;
  state: CallState;
  connection: CallConnection;
  member: LocalMember;
  heartbeat: HeartbeatFeed;
  chat: ChatFeed;
  lobby: LobbyQueueFeed;
  moderationLog: ModerationLogFeed;
  hostWatch: HostWatch;
  noticeListeners: Set<(notice: Notice) => void>;
};

export type Call = CallParts & { start: () => void; dispose: () => void };

/** Makes the parts of a call and wires their events. Asks for nothing before `start`. */
export function createCall({ code, device, admission, preview }: MeetingInput, deps: Deps): Call {
  const address = roomAddress(code, device);
  const { nearerAfterMs, me } = admission.meeting;
  const { identity } = me;
  const handleView = (view: Admission["meeting"]) => {
    parts.state.handleView(view);
    parts.chat.newestIs(view.chatSeq);
    applyPermissions(parts);
    if (view.waitingCount !== undefined) parts.lobby.counted(view.waitingCount);
  };
  const member = createLocalMember(identity, preview);
  const connection = createCallConnection(
    { ...address, device, nearerAfterMs, name: () => parts.state.ownSeat().name },
    deps,
    {
      changed: () => parts.state.refresh(),
      nudged: (nudge) => handleNudge(parts, nudge),
      entered: ({ meeting }) => handleView(meeting),
      needsReason: () => parts.heartbeat.now(),
      closed: () => dispose(),
      up: () => catchUp(parts),
    },
  );
  const heartbeat = createHeartbeatFeed(address, deps, {
    updated(view) {
      handleView(view);
      connection.handleView(view);
    },
    failed: connection.handleError,
  });
  const parts: CallParts = {
    code,
    connection,
    member,
    heartbeat,
    state: createCallState(admission.meeting, { connection, member }, deps.now),
    chat: createChatFeed({ ...address, myIdentity: identity }, deps),
    lobby: createLobbyQueueFeed(address, deps),
    moderationLog: createModerationLogFeed(address, deps),
    hostWatch: createHostWatch(heartbeat.now, deps.random),
    noticeListeners: new Set(),
  };
  let unfollow = () => {};
  const dispose = () => {
    unfollow();
    disposeParts(parts);
  };
  return {
    ...parts,
    dispose,
    start() {
      const stops = [followState(parts), followMedia(parts), followSpeaker(parts)];
      unfollow = () => stops.forEach((stop) => stop());
      parts.chat.load();
      applyPermissions(parts);
      connection.join(admission.legs);
    },
  };
}

/** A home leg works. Publishes there first, as a phone that changed legs is busy; then asks for nudges that were missed. */
function catchUp({ member, connection, heartbeat, lobby }: CallParts): void {
  const published = member.publishOn(connection.legs.home());
  void Promise.race([published, wait(PUBLISHING_MS)]).then(() => {
    heartbeat.now();
    lobby.now();
  });
}

/** Applies the own role and the room's locks. */
function applyPermissions({ state, member, lobby, moderationLog, connection }: CallParts): void {
  const mayModerate = isModerator(state.ownSeat().role);
  const { locks } = state.room();
  lobby.setModerator(mayModerate);
  moderationLog.setModerator(mayModerate);
  member.setLocks(locksFor(mayModerate, locks));
  connection.legs.setLocks(locks);
}

function handleNudge(parts: CallParts, nudge: Nudge): void {
  sawNudge(parts.code, nudge.revision);
  switch (nudge.kind) {
    case "lobby":
      return parts.lobby.now();
    case "log":
      return parts.moderationLog.now();
    case "room":
      return parts.heartbeat.nudged();
    case "legs":
      return parts.connection.legsChanged();
    case "home":
      return parts.connection.homeRequested(nudge.leg);
    case "chat":
      return parts.chat.received(nudge.message);
    case "notice":
      return handleNotice(parts, nudge.notice);
    case "verdict":
      return; // for guests in the lobby
    default:
      return nudge satisfies never;
  }
}

function handleNotice({ member, heartbeat, noticeListeners }: CallParts, notice: Notice): void {
  // The SDK already applies a mute of the server's; applying it again is harmless.
  if (notice.type === "muted") void Promise.all([member.setMicrophone(false), member.setShareSound(false)]);
  else if (notice.type === "camera-stopped") void member.setCamera(false);
  else if (notice.type === "share-stopped") void member.setScreenShare(false);
  else heartbeat.now();
  for (const listener of noticeListeners) listener(notice);
}

/** Passes changes of the call's state on to the parts, until the returned function is called. */
function followState(parts: CallParts): () => void {
  const { state, heartbeat, lobby, hostWatch } = parts;
  let before = state.state.getSnapshot();
  return state.state.subscribe(() => {
    const after = state.state.getSnapshot();
    const isLive = after.connection.status === "live";
    heartbeat.setLive(after.connection.status !== "reconnecting");
    lobby.setLive(isLive);
    // The API may know why, or whether only media is lost.
    if (before.connection.status === "live" && after.connection.status === "reconnecting") heartbeat.now();
    if (isLive) hostWatch.update(after.people.some(({ role }) => role === "host"));
    if (before.myRole !== after.myRole) applyPermissions(parts);
    before = after;
  });
}

/** Saves what a reload should restore. */
function followMedia({ code, state, member }: CallParts): () => void {
  const save = () => {
    const { microphone, camera } = member.media.getSnapshot();
    saveTabState(code, { isMicrophoneOn: isWantedOn(microphone.status), isCameraOn: isWantedOn(camera.status) });
  };
  save();
  return member.media.subscribe(() => {
    save();
    state.refresh();
  });
}

function followSpeaker({ connection, member }: CallParts): () => void {
  const { deviceId, failed } = member.speaker;
  const update = () => {
    const id = deviceId.getSnapshot();
    connection.legs.setSpeaker(id, (error) => failed(id, error));
  };
  update();
  return deviceId.subscribe(update);
}

function disposeParts({ code, heartbeat, chat, lobby, hostWatch, moderationLog, member, connection }: CallParts): void {
  for (const part of [heartbeat, chat, lobby, hostWatch]) part.stop();
  moderationLog.setModerator(false);
  member.dispose();
  connection.dispose();
  const status = connection.status();
  // After a lost connection a reload enters again; after any other end it shows the door.
  if (status.status === "closed" && status.reason !== "lost") saveTabState(code, undefined);
}
