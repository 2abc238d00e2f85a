import { type MeetingInput, createCall } from "./call.ts";
import { type Deps, realDeps } from "./deps.ts";
import type { Meeting } from "./meeting.ts";
import { createRoomApi, roomAddress } from "./room-api.ts";

/**
 * Begins the call somebody was admitted to: connects, publishes what the green room had on, and keeps it all going.
 *
 * It loads livekit-client: import it when somebody is about to enter, not with the page before.
 */
export function createMeeting(input: MeetingInput, deps: Deps = realDeps): Meeting {
  const call = createCall(input, deps);
  const { state, media, chat, lobby, record, line, presence, notices } = call;
  const rooms = createRoomApi(roomAddress(input.code, input.device), deps);
  call.begin();
  return {
    state: state.state,
    media: media.media,
    chat: chat.chat,
    lobby: lobby.lobby,
    record: record.record,
    setMicrophone: media.setMicrophone,
    setCamera: media.setCamera,
    setScreenShare: media.setScreenShare,
    setShareSound: media.setShareSound,
    chooseDevice: media.choose,
    watch: line.legs.watch,
    allowSound: line.legs.startSound,
    async raiseHand(isRaised) {
      const settle = state.expectHand(isRaised ? state.serverNowMs() : undefined);
      await rooms.raiseHand(isRaised).finally(() => {
        settle();
        presence.now();
      });
    },
    sendChat: chat.send,
    setChatOpen: chat.setOpen,
    decide: lobby.decide,
    decideAll: lobby.decideAll,
    async moderate(action) {
      const answer = await rooms.moderate(action);
      presence.now();
      record.now();
      return answer;
    },
    onNotice(listener) {
      notices.add(listener);
      return () => void notices.delete(listener);
    },
    async leave() {
      line.close("left");
      // Out is out, whether the server heard of it or not: it sees the connection go.
      await rooms.leave().catch(() => {});
    },
    dispose: call.dispose,
  };
}
