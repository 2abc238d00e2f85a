import type { WebSocket } from "ws";
import { type Allowance, type Spent, spend } from "./allowance.ts";

/** Above this much unsent data for the slower side, in bytes, the other side is not read. */
const MOST_UNSENT_BYTES = 256 * 1024;
/** A side that accepts nothing for this long, in milliseconds, is gone. LiveKit itself allows a silent browser some 20 s. */
const STALLED_MS = 20_000;

/** Close codes of RFC 6455: "message too big", and "policy violation" for one that sends too much. */
const TOO_BIG = 1009;
const TOO_MUCH = 1008;
/** What `ws` reports when no close frame arrived, or one without a code. Neither may be sent. */
const NO_CODE = 1005;
const NO_CLOSE_FRAME = 1006;

export type RelayPlan = {
  /** What the browser may send; read for each message, because a meeting grows. */
  allowance: () => Allowance;
  /** Milliseconds, for the rate. */
  clock: () => number;
  /** The browser sent too much, or something that is not WebSocket: for the log. */
  refused: (why: string) => void;
};

/**
 * Relays signalling between a browser and LiveKit until one of them ends it: messages, pings, and how it ended.
 *
 * Both must be open, and created with `autoPong: false`: the other end answers a ping.
 */
export function relay(browser: WebSocket, livekit: WebSocket, { allowance, clock, refused }: RelayPlan): void {
  let spent: Spent = { bytes: 0, atMs: clock() };
  const endBoth = (code: number) => {
    browser.close(code);
    livekit.close(code);
  };
  /** Whether the browser may send this much more. */
  const mayPass = (bytes: number): boolean => {
    // Frames that had arrived before it was closed are still delivered.
    if (browser.readyState !== browser.OPEN) return false;
    const allowed = allowance();
    const next = spend(spent, bytes, allowed, clock());
    if (next && bytes <= allowed.messageBytes) {
      spent = next;
      return true;
    }
    refused(next ? "too big" : "too much");
    endBoth(next ? TOO_BIG : TOO_MUCH);
    return false;
  };

  const sendUp = sender(browser, livekit);
  const sendDown = sender(livekit, browser);
  browser.on("message", (data: Buffer, isBinary) => mayPass(data.byteLength) && sendUp(data, isBinary));
  browser.on("ping", (data) => mayPass(data.byteLength) && livekit.ping(data));
  browser.on("pong", (data) => mayPass(data.byteLength) && livekit.pong(data));
  livekit.on("message", sendDown);
  livekit.on("ping", (data) => browser.ping(data));
  livekit.on("pong", (data) => browser.pong(data));
  // `ws` has begun to close the connection with the error, using the code that states the reason.
  browser.on("error", (error) => {
    refused("code" in error ? String(error.code) : error.name);
    livekit.close(TOO_MUCH);
  });
  livekit.on("error", () => browser.terminate());
  browser.on("close", (code, reason) => end(livekit, code, reason));
  livekit.on("close", (code, reason) => end(browser, code, reason));
}

/**
 * Returns a function that sends from one side to the other. While the receiver is slow the sender is not read, so that little
 * data waits here; TCP slows the sender down.
 */
function sender(from: WebSocket, to: WebSocket): (data: Buffer, isBinary: boolean) => void {
  let stalled: NodeJS.Timeout | undefined;
  const endStalled = () => {
    from.terminate();
    to.terminate();
  };
  const sent = () => {
    if (!from.isPaused || to.bufferedAmount > MOST_UNSENT_BYTES / 2) return;
    clearTimeout(stalled);
    from.resume();
  };
  to.on("close", () => clearTimeout(stalled));
  return (data, isBinary) => {
    to.send(data, { binary: isBinary, compress: false }, sent);
    if (from.isPaused || to.bufferedAmount <= MOST_UNSENT_BYTES) return;
    from.pause();
    stalled = setTimeout(endStalled, STALLED_MS);
  };
}

/** Ends one side in the same way as the other ended. */
function end(side: WebSocket, code: number, reason: Buffer): void {
  // Without a close frame the other side must not receive a normal end.
  if (code === NO_CLOSE_FRAME) side.terminate();
  else if (code === NO_CODE) side.close();
  else side.close(code, reason);
}
