import type { DeviceId } from "#lib/ids.ts";
import { wait } from "#lib/live/poll.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import { type CallParts, applyRights, followState, hear } from "./call-effects.ts";
import { createCallState } from "./call-state.ts";
import { createChatFeed } from "./chat-feed.ts";
import type { Deps } from "./deps.ts";
import type { Preview } from "./devices.ts";
import { createHostWatch } from "./host-watch.ts";
import { createLine } from "./line.ts";
import { createLobbyQueueFeed } from "./lobby-queue-feed.ts";
import { rememberHere } from "./memory.ts";
import { createMyMedia } from "./my-media.ts";
import { createPresenceFeed } from "./presence-feed.ts";
import { createRecordFeed } from "./record-feed.ts";
import { roomAddress } from "./room-api.ts";

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
    if (view.waitingCount !== undefined) parts.lobby.counted(view.waitingCount);
  };
  const media = createMyMedia(identity, preview);
  const line = createLine({ ...address, device, nearerAfterMs, name: () => parts.state.me().name }, deps, {
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
  const presence = createPresenceFeed(address, deps, {
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
    record: createRecordFeed(address, deps),
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
    parts.record.setModerator(false);
    media.dispose();
    line.dispose();
    const connection = line.connection();
    // After a loss a reload should try again; after every other end it should show the door.
    if (connection.status === "closed" && connection.reason !== "lost") rememberHere(code, undefined);
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
