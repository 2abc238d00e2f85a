import { createStore, type Store } from "#lib/live/store.ts";

/** Things said within this time are said in one breath, in milliseconds: readers cut off what a newer text replaces. */
const BREATH_MS = 400;

export type Announcer = { announcement: Store<{ turn: number; text: string }>; announce: (text: string) => void };

/** Collects what screen readers are to say. `turn` grows with each text, so that the same words can be said twice. */
export function createAnnouncer(): Announcer {
  const announcement = createStore({ turn: 0, text: "" });
  let pending: string[] = [];
  const flush = () => {
    const text = pending.join(" ");
    pending = [];
    announcement.set({ turn: announcement.getSnapshot().turn + 1, text });
  };
  return {
    announcement,
    announce(text) {
      if (text === "") return;
      if (pending.length === 0) setTimeout(flush, BREATH_MS);
      pending.push(text);
    },
  };
}
