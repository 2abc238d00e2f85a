import { type ErrorCode, asAppError } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import type { EntryAnswer } from "#lib/lobby/lobby-schema.ts";
import { type FeedDeps, type RoomAddress, createPost } from "#lib/seats/room-client.ts";
import { type ClosedReason, responseTo } from "./call-status.ts";
import { GIVE_UP_AFTER_MS } from "./room-options.ts";

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 3_000;

/** What a request to enter again led to. */
export type EntryResult = { status: "inside" } | { status: "out"; reason: ClosedReason; code: ErrorCode };

export type ReconnectorDeps = {
  enter: () => Promise<EntryResult>;
  closed: (reason: ClosedReason, code: ErrorCode) => void;
  now: () => number;
  random: () => number;
};

/** Asks to enter again until it works or the answer is final. */
export type Reconnector = {
  /** Starts, unless it is running. */
  start: () => void;
  /** Ends the current pause, because the network or the page is back. */
  retryNow: () => void;
  stop: () => void;
};

export function createReconnector({ enter, closed, now, random }: ReconnectorDeps): Reconnector {
  let isRunning = false;
  let isStopped = false;
  let endPause: () => void = () => {};

  const pause = (tries: number) =>
    new Promise<void>((resolve) => {
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 6));
      // A wide spread: when a server dies, everyone in the meeting comes back.
      const timer = setTimeout(resolve, longest * (0.4 + 0.6 * random()));
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const attempt = async (): Promise<EntryResult | undefined> => {
    try {
      return await enter();
    } catch (error) {
      const { code } = asAppError(error);
      const response = responseTo(code);
      return response.do === "close" ? { status: "out", reason: response.reason, code } : undefined;
    }
  };
  const run = async () => {
    const sinceMs = now();
    for (let tries = 0; !isStopped; tries += 1) {
      const result = await attempt();
      if (isStopped || result?.status === "inside") return;
      if (result?.status === "out") return closed(result.reason, result.code);
      if (now() - sinceMs > GIVE_UP_AFTER_MS) return closed("lost", "unavailable");
      await pause(tries);
    }
  };

  return {
    start() {
      if (isRunning || isStopped) return;
      isRunning = true;
      void run().finally(() => (isRunning = false));
    },
    retryNow: () => endPause(),
    stop() {
      isStopped = true;
      endPause();
    },
  };
}

export type EntryRequest = RoomAddress & { device: DeviceId; name: () => string };

/** Asks for entry for a participant who was inside. @throws AppError, also when it says why they are out */
export async function enterAgain(
  request: EntryRequest,
  deps: Pick<FeedDeps, "api">,
  enter: (admission: Admission) => Promise<void>,
): Promise<EntryResult> {
  const post = createPost(request, deps);
  // A participant removed while reconnecting only saw the connection fail. Ask why first, so that they do not knock by accident.
  await post("presence", {}).catch((error: unknown) => {
    if (asAppError(error).code !== "not_inside") throw error;
  });
  const body = { device: request.device, name: request.name(), intent: "enter" };
  const answer = await post<EntryAnswer>("entry", body);
  switch (answer.status) {
    case "admitted":
      await enter(answer);
      return { status: "inside" };
    case "waiting":
    case "again":
      // The seat has lapsed and a host has to admit again; the screen offers to ask.
      return { status: "out", reason: "lost", code: "not_inside" };
    case "elsewhere":
      return { status: "out", reason: "moved", code: "moved" };
    default:
      return answer satisfies never;
  }
}
