import { type MyTrack, type Publisher, createHandover } from "./handover.ts";

/** A publication that failed (a grant on its way, a connection in between) is tried again after this, in milliseconds. */
const RETRY_MS = 1_500;

/** Where one track of mine is sent: on the home leg, whichever that is, and tried until it is. */
export type MyPublication = {
  /** Sends the track, unless it is muted or there is nowhere to send it to. */
  send: () => Promise<void>;
  /**
   * It is to be sent there from now on.
   *
   * @returns the track's successor, where one is needed; until that is sent, the old place shows the old one.
   */
  moveTo: (next: Publisher | undefined) => MyTrack | undefined;
  withdraw: () => Promise<void>;
  /** Ends what is still shown at the old place. */
  endOld: () => Promise<void>;
  dispose: () => void;
};

/** @param track - The one I have now. */
export function createMyPublication(track: () => MyTrack | undefined): MyPublication {
  const handover = createHandover();
  let publisher: Publisher | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;

  const unpublish = async (sent: MyTrack | undefined, from: Publisher | undefined) => {
    if (sent) await from?.unpublish(sent).catch(() => {}); // the server may have been quicker
  };
  const send = async () => {
    clearTimeout(retry);
    const mine = track();
    if (!mine || !publisher || mine.isMuted || isDisposed) return;
    try {
      await publisher.publish(mine);
      handover.arrived();
    } catch {
      retry = setTimeout(() => void send(), RETRY_MS);
    }
  };

  return {
    send,
    moveTo(next) {
      const from = publisher;
      publisher = next;
      const mine = track();
      if (!mine || !from || !next || from === next) return undefined;
      if (!mine.isMuted) return handover.succeed(mine, from);
      void unpublish(mine, from);
      return undefined;
    },
    withdraw: () => unpublish(track(), publisher),
    endOld: handover.end,
    dispose() {
      isDisposed = true;
      clearTimeout(retry);
      void handover.end();
    },
  };
}
