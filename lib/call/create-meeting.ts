import type { ModerationAnswer } from "#lib/moderation/moderation-schema.ts";
import { trackLeaving } from "#lib/seats/leaving.ts";
import { createPost, roomAddress } from "#lib/seats/room-client.ts";
import { type MeetingInput, createCall } from "./call.ts";
import { type Deps, realDeps } from "./deps.ts";
import type { Meeting } from "./meeting.ts";

/**
 * Starts the call of an admitted participant: connects, publishes what the green room had on, and keeps it connected.
 *
 * Loads livekit-client: import it when the participant is about to enter, not with the page before.
 */
export function createMeeting(input: MeetingInput, deps: Deps = realDeps): Meeting {
  const call = createCall(input, deps);
  const { state, member, chat, lobby, moderationLog, connection, heartbeat, noticeListeners } = call;
  const post = createPost(roomAddress(input.code, input.device), deps);
  call.start();
  return {
    state: state.state,
    media: member.media,
    chat: chat.chat,
    lobby: lobby.lobby,
    moderationLog: moderationLog.moderationLog,
    setMicrophone: member.setMicrophone,
    setCamera: member.setCamera,
    setScreenShare: member.setScreenShare,
    setShareSound: member.setShareSound,
    chooseDevice: member.choose,
    watch: connection.legs.watch,
    allowSound: connection.legs.startSound,
    async raiseHand(isRaised) {
      const settle = state.expectHand(isRaised ? state.serverNowMs() : undefined);
      await post("hand", { isRaised }).finally(() => {
        settle();
        heartbeat.now();
      });
    },
    sendChat: chat.send,
    setChatOpen: chat.setOpen,
    decide: lobby.decide,
    decideAll: lobby.decideAll,
    async moderate(action) {
      const answer = await post<ModerationAnswer>("moderation", action);
      heartbeat.now();
      moderationLog.now();
      return answer;
    },
    onNotice(listener) {
      noticeListeners.add(listener);
      return () => void noticeListeners.delete(listener);
    },
    async leave() {
      connection.close("left");
      // Leaving never fails for the user: the server also sees the connection close. The request outlives the page.
      await trackLeaving(post("leave", {}, { keepalive: true }));
    },
    dispose: call.dispose,
  };
}
