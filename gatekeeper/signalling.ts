import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { log } from "#lib/log.ts";
import type { RoomKind } from "#lib/tokens/grant-schema.ts";
import { MOST_MESSAGE_BYTES, WAITING, allowanceInside } from "./allowance.ts";
import { answer } from "./handshake.ts";
import { type RelayPlan, relay } from "./relay.ts";

/** LiveKit tries to begin a session three times, for 3, 6 and 9 s, before it refuses. */
const HANDSHAKE_MS = 20_000;
/** How long the other side may take to answer a close frame, in milliseconds, before its connection is cut. */
const CLOSE_MS = 2_000;
/** Bytes of LiveKit's refusal that are read: it is a sentence. */
const MOST_REFUSAL_BYTES = 4 * 1024;
/** LiveKit describes every track in one message, as browsers do; the limit is there only because nothing may be unlimited. */
const MOST_FROM_LIVEKIT_BYTES = 4 * MOST_MESSAGE_BYTES;
/** Headers that LiveKit reads: the token, and the browser's name. */
const PASSED_ON = ["authorization", "user-agent"] as const;

/**
 * Browsers send descriptions of many tracks, which deflate to a thirtieth. With a window of 8 kB, and no memory from one
 * message to the next, reading them takes some 35 kB a connection. `ws` stops inflating at the largest message.
 */
const INFLATING = {
  clientMaxWindowBits: 13,
  clientNoContextTakeover: true,
  serverNoContextTakeover: true,
  zlibInflateOptions: { chunkSize: 4 * 1024 },
};
const OURS = { autoPong: false, closeTimeout: CLOSE_MS };
const TO_BROWSERS = { ...OURS, noServer: true, clientTracking: false };
const TO_LIVEKIT = {
  ...OURS,
  perMessageDeflate: false,
  maxPayload: MOST_FROM_LIVEKIT_BYTES,
  handshakeTimeout: HANDSHAKE_MS,
};

/** A request to upgrade, and where it is forwarded. None of it is kept while the connection lives. */
export type SignallingRequest = {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  /** Of the LiveKit server, or of the gatekeeper in front of it; `http:`. */
  url: string;
  /** Sent in addition to the browser's own headers. */
  headers: Record<string, string>;
  /** Called when LiveKit has let the browser in. */
  opened: () => unknown;
};

/** What a connection may send depends on these. */
export type SignallingLimits = {
  room: RoomKind;
  /** Tracks that are published in the room; undefined while they are not counted. */
  tracks: () => number | undefined;
  clock: () => number;
};

/** Ends browsers' WebSockets here and opens new ones to LiveKit. */
export function createSignalling(): { connect: (asked: SignallingRequest, limits: SignallingLimits) => void } {
  const servers = {
    lobby: new WebSocketServer({ ...TO_BROWSERS, maxPayload: WAITING.messageBytes, perMessageDeflate: false }),
    meeting: new WebSocketServer({ ...TO_BROWSERS, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false }),
    deflated: new WebSocketServer({ ...TO_BROWSERS, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: INFLATING }),
  };

  return {
    connect(asked, limits) {
      const { request, socket, head } = asked;
      const livekit = ask(asked);
      const hangUp = () => livekit.terminate();
      socket.once("close", hangUp);
      livekit.once("open", () => {
        asked.opened();
        const isDeflated = limits.room === "meeting" && offersSmallWindow(request);
        servers[isDeflated ? "deflated" : limits.room].handleUpgrade(request, socket, head, (browser) => {
          // From here on, when one end closes, so does the other.
          socket.off("close", hangUp);
          relay(browser, livekit, relayPlan(limits));
        });
      });
    },
  };
}

function relayPlan({ room, tracks, clock }: SignallingLimits): RelayPlan {
  return {
    // When the tracks are not counted, as in a room of another node, a browser may describe the maximum number.
    allowance: () => (room === "lobby" ? WAITING : allowanceInside(tracks() ?? Infinity)),
    clock,
    refused: (why) => log("warn", "door.signalling-refused", { why, room }),
  };
}

/** Only a browser that offers it can be asked for a small window. Others send uncompressed. */
function offersSmallWindow({ headers }: IncomingMessage): boolean {
  return headers["sec-websocket-extensions"]?.includes("client_max_window_bits") ?? false;
}

/** Opens the connection to LiveKit. */
function ask({ request, socket, url, headers }: SignallingRequest): WebSocket {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const livekit = new WebSocket(url.replace(/^http/, "ws"), {
    ...TO_LIVEKIT,
    headers: { ...Object.fromEntries(passedOn), ...headers },
  });
  answerFailures(livekit, socket);
  return livekit;
}

/** Answers the browser when LiveKit refuses, or is down. */
function answerFailures(livekit: WebSocket, socket: Duplex): void {
  const refused = (_: unknown, response: IncomingMessage) => void refuse(socket, response);
  const failed = (error: Error) => {
    // A browser that hung up while LiveKit was asked needs no answer.
    if (socket.destroyed) return;
    // The error's message may contain the address, with the token in it.
    log("warn", "door.not-forwarded", { error: error.name });
    answer(socket, 503, "");
  };
  livekit.once("unexpected-response", refused).once("error", failed);
  // From here on the relay handles errors; until it listens nothing must be thrown.
  livekit.once("open", () => livekit.off("unexpected-response", refused).off("error", failed).on("error", nothing));
}

function nothing(): void {}

/** LiveKit's own status and sentence: its client uses them to decide whether to try again. */
async function refuse(socket: Duplex, response: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_REFUSAL_BYTES) break;
    }
  } catch {
    // The part received so far is enough.
  }
  answer(socket, response.statusCode ?? 503, Buffer.concat(chunks).subarray(0, MOST_REFUSAL_BYTES).toString("utf8"));
}
