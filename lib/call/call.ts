import type { DeviceId } from "#lib/ids.ts";
import { wait } from "#lib/live/poll.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import { type CallParts, applyRights, followState, hear } from "./call-events.ts";
import { createCallState } from "./call-state.ts";
import { createChatFeed } from "#lib/chat/chat-feed.ts";
import type { Deps } from "./deps.ts";
import type { Preview } from "./media/devices.ts";
import { createHostWatch } from "./host-watch.ts";
import { createCallConnection } from "./connection/call-connection.ts";
import { createLobbyQueueFeed } from "#lib/lobby/lobby-queue-feed.ts";
import { saveTabState } from "./saved-state.ts";
import { createLocalMember } from "./media/local-member.ts";
import { createHeartbeatFeed } from "#lib/seats/heartbeat-feed.ts";
import { createModerationLogFeed } from "#lib/moderation/moderation-log-feed.ts";
import { roomAddress } from "#lib/seats/room-client.ts";

/** Publishing that takes longer than this, in ms, is not worth not knowing what the server says. */
const PUBLISHING_MS = 1_000;

export type MeetingInput = {
  code: string;
  device: DeviceId;
  admission: Admission;
  /** Its open tracks are taken over and published as they are. */
  preview?: Preview | undefined;
};

export type Call = CallParts & { begin: () => void; dispose: () => void };

/** Makes the parts of a call and connects them: who tells whom. Nothing is asked of anybody before `begin`. */
export function createCall({ code, device, admission, preview }: MeetingInput, deps: Deps): Call {
  const address = roomAddress(code, device);
  const { nearerAfterMs, me } = admission.meeting;
  const { identity } = me;
  const told = (view: Admission["meeting"]) => {
    parts.state.told(view);
    parts.chat.newestIs(view.chatSeq);
    applyRights(parts);
  };
  const media = createLocalMember(identity, preview);
  const line = createCallConnection({ ...address, device, nearerAfterMs, name: () => parts.state.me().name }, deps, {
    changed: () => parts.state.refresh(),
    nudged: (nudge) => hear(parts, nudge),
    entered: ({ meeting }) => told(meeting),
    askWhy: () => parts.presence.now(),
    closed: () => dispose(),
    up() {
      const published = media.publishOn(line.legs.home());
      // What others miss of me goes first: a phone that moves to another leg has its hands full.
      void Promise.race([published, wait(PUBLISHING_MS)]).then(() => {
        // Nudges may have been missed while away, and before the first connection was up.
        parts.presence.now();
        parts.lobby.now();
      });
    },
  });
  const presence = createHeartbeatFeed(address, deps, {
    told(view) {
      told(view);
      line.heardWell(view);
    },
    failed: line.heardError,
  });
  const parts: CallParts = {
    code,
    line,
    media,
    presence,
    state: createCallState(admission.meeting, { line, media }, deps.now),
    chat: createChatFeed({ ...address, myIdentity: identity }, deps),
    lobby: createLobbyQueueFeed(address, deps),
    moderationLog: createModerationLogFeed(address, deps),
    hostWatch: createHostWatch(presence.now, deps.random),
    notices: new Set(),
  };
  let unfollow = () => {};
  const followSpeaker = () => {
    const { deviceId, failed } = media.speaker;
    const set = () => {
      const id = deviceId.getSnapshot();
      line.legs.setSpeaker(id, (error) => failed(id, error));
    };
    set();
    return deviceId.subscribe(set);
  };
  const dispose = () => {
    unfollow();
    for (const part of [parts.presence, parts.chat, parts.lobby, parts.hostWatch]) part.stop();
    parts.moderationLog.setModerator(false);
    media.dispose();
    line.dispose();
    const connection = line.connection();
    // After a loss a reload should try again; after every other end it should show the door.
    if (connection.status === "closed" && connection.reason !== "lost") saveTabState(code, undefined);
  };
  return {
    ...parts,
    dispose,
    begin() {
      const stops = [followState(parts), followSpeaker()];
      unfollow = () => stops.forEach((stop) => stop());
      parts.chat.load();
      applyRights(parts);
      line.join(admission.legs);
    },
  };
}
