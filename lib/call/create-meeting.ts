import { type MeetingInput, createCall } from "./call.ts";
import { type Deps, realDeps } from "./deps.ts";
import type { Meeting } from "./meeting.ts";
import { createPost, roomAddress } from "#lib/seats/room-client.ts";
import { ModerationAnswer } from "#lib/moderation/moderation-schema.ts";
import { z } from "zod";

/**
 * Begins the call somebody was admitted to: connects, publishes what the green room had on, and keeps it all going.
 *
 * It loads livekit-client: import it when somebody is about to enter, not with the page before.
 */
export function createMeeting(input: MeetingInput, deps: Deps = realDeps): Meeting {
  const call = createCall(input, deps);
  const { state, media, chat, lobby, moderationLog, line, presence, notices } = call;
  const post = createPost(roomAddress(input.code, input.device), deps);
  call.begin();
  return {
    state: state.state,
    media: media.media,
    chat: chat.chat,
    lobby: lobby.lobby,
    moderationLog: moderationLog.moderationLog,
    setMicrophone: media.setMicrophone,
    setCamera: media.setCamera,
    setScreenShare: media.setScreenShare,
    setShareSound: media.setShareSound,
    chooseDevice: media.choose,
    watch: line.legs.watch,
    allowSound: line.legs.startSound,
    async raiseHand(isRaised) {
      const settle = state.expectHand(isRaised ? state.serverNowMs() : undefined);
      await post("hand", { isRaised }, z.unknown()).finally(() => {
        settle();
        presence.now();
      });
    },
    sendChat: chat.send,
    setChatOpen: chat.setOpen,
    decide: lobby.decide,
    decideAll: lobby.decideAll,
    async moderate(action) {
      const answer = await post("moderation", action, ModerationAnswer);
      presence.now();
      moderationLog.now();
      return answer;
    },
    onNotice(listener) {
      notices.add(listener);
      return () => void notices.delete(listener);
    },
    async leave() {
      line.close("left");
      // Out is out, whether the server heard of it or not: it sees the connection go.
      await post("leave", {}, z.unknown(), { keepalive: true }).catch(() => {});
    },
    dispose: call.dispose,
  };
}
