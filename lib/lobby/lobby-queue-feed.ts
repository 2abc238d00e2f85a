import { type ErrorCode, AppError } from "#lib/errors.ts";
import { type Poll, between, createPoll, jitter } from "#lib/live/poll.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { createThrottle } from "#lib/live/throttle.ts";
import { type FeedDeps, type RoomAddress, createPost } from "#lib/seats/room-client.ts";
import type { LobbyQueue, Verdict } from "./lobby-schema.ts";

/** Minimum time between two reads, in milliseconds. Many knocks cause many nudges; the last nudge always causes a read. */
const NUDGE_PAUSE_MS = 1_000;
/** Another host decided first, or the guest left. The row disappears and the error is still shown, because the verdicts may differ. */
const SETTLED: readonly ErrorCode[] = ["ticket_decided", "ticket_lapsed", "ticket_unknown"];

export type LobbyState = LobbyQueue & { isStale: boolean };

export type LobbyQueueFeed = {
  lobby: Store<LobbyState>;
  /** For participants without the role the queue is empty, and the feed sends no requests. */
  setModerator: (isModerator: boolean) => void;
  setLive: (isLive: boolean) => void;
  now: () => void;
  /** The server's count of waiting guests. When it differs from the list, a nudge was lost. */
  counted: (waitingCount: number) => void;
  decide: (ticketId: string, verdict: Verdict) => Promise<void>;
  decideAll: (verdict: Verdict) => Promise<void>;
  stop: () => void;
};

/** The lobby queue for hosts. A decision hides its row right away; the row returns when the decision fails. */
export function createLobbyQueueFeed(
  address: RoomAddress,
  { api, random, now }: Pick<FeedDeps, "api" | "random" | "now">,
): LobbyQueueFeed {
  const { path, headers } = address;
  const post = createPost(address, { api });
  let queue: LobbyQueue = { guests: [], nowMs: now() };
  const lobby = createStore<LobbyState>({ ...queue, isStale: false });
  let isStale = false;
  let isLive = true;
  let poll: Poll | undefined;
  const nudges = createThrottle(() => poll?.now(), NUDGE_PAUSE_MS, now);
  /** Decided in this tab: hidden until a list requested after the decision no longer contains them. */
  const hidden = new Map<string, "deciding" | "decided">();

  const show = () => {
    const guests = queue.guests.filter(({ ticketId }) => !hidden.has(ticketId));
    lobby.set({ guests, nowMs: queue.nowMs, isStale });
  };
  const load = async () => {
    nudges.done();
    const settled = [...hidden].filter(([, state]) => state === "decided").map(([ticketId]) => ticketId);
    try {
      queue = await api<LobbyQueue>(`${path}/lobby`, { headers });
      isStale = false;
      for (const ticketId of settled) hidden.delete(ticketId);
    } catch {
      isStale = true;
    }
    if (poll) show();
  };
  const hide = (ticketIds: readonly string[], state: "deciding" | "decided") => {
    for (const ticketId of ticketIds) hidden.set(ticketId, state);
    show();
  };
  const decideOn = async (ticketIds: readonly string[], request: () => Promise<unknown>) => {
    hide(ticketIds, "deciding");
    try {
      await request();
      hide(ticketIds, "decided");
    } catch (error) {
      for (const ticketId of ticketIds) hidden.delete(ticketId);
      if (isSettled(error)) hide(ticketIds, "decided");
      else show();
      throw error;
    } finally {
      poll?.now();
    }
  };

  return {
    lobby,
    setModerator(isModerator) {
      if (isModerator === (poll !== undefined)) return;
      poll?.stop();
      poll = isModerator ? createPoll(load, () => lobbyPaceMs(queue, isLive && !isStale, random)) : undefined;
      if (!poll) lobby.set({ guests: [], nowMs: now(), isStale: false });
      poll?.now();
    },
    setLive(next) {
      if (next === isLive) return;
      isLive = next;
      poll?.repace();
    },
    now: nudges.want,
    counted: (waitingCount) => void (waitingCount !== queue.guests.length && nudges.want()),
    decide: (ticketId, verdict) =>
      decideOn([ticketId], () => post(`lobby/${encodeURIComponent(ticketId)}`, { verdict })),
    async decideAll(verdict) {
      const ticketIds = lobby.getSnapshot().guests.map(({ ticketId }) => ticketId);
      if (ticketIds.length === 0) return;
      const body = { verdict, ticketIds };
      await decideOn(ticketIds, () => post("lobby", body));
    },
    stop() {
      nudges.stop();
      poll?.stop();
    },
  };
}

function isSettled(error: unknown): boolean {
  return error instanceof AppError && SETTLED.includes(error.code);
}

/** Nudges and heartbeats cover almost all changes; this interval catches what both missed. */
const PACE_MS = 300_000;
const [UNREACHABLE_FROM_MS, UNREACHABLE_TO_MS] = [2_000, 4_000];
/** Delay after a silent guest is due to leave the list, in milliseconds. */
const AFTER_LEAVING_MS = 250;

/** Delay before the next read of the list, in milliseconds. */
export function lobbyPaceMs(queue: LobbyQueue, isWell: boolean, random: () => number): number {
  if (!isWell) return between(UNREACHABLE_FROM_MS, UNREACHABLE_TO_MS, random);
  const untilLeavingMs = Math.min(...queue.guests.map(({ listedUntilMs = Infinity }) => listedUntilMs - queue.nowMs));
  return Math.min(jitter(PACE_MS, 0.2, random), Math.max(0, untilLeavingMs) + AFTER_LEAVING_MS);
}
