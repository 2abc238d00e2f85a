import { AppError, type ErrorCode } from "#lib/errors.ts";
import { type Poll, createPoll } from "#lib/live/poll.ts";
import { type Store, createStore } from "#lib/live/store.ts";
import { createThrottle } from "#lib/live/throttle.ts";
import { AdmitAllAnswer, LobbyQueue, type Verdict, VerdictAnswer } from "./lobby-schema.ts";
import { lobbyPaceMs } from "./queue-pace.ts";
import { type FeedDeps, type RoomAddress, createPost } from "#lib/seats/room-client.ts";

/** A flood of knocks is a flood of nudges: the list is asked for once a second at most, in milliseconds, and the last nudge counts. */
const NUDGE_PAUSE_MS = 1_000;
/** Somebody else was quicker, or the guest is gone: there is nothing left to do. Told all the same: the other verdict may differ. */
const SETTLED: readonly ErrorCode[] = ["ticket_decided", "ticket_lapsed", "ticket_unknown"];

export type LobbyState = LobbyQueue & { isStale: boolean };

export type LobbyQueueFeed = {
  lobby: Store<LobbyState>;
  /** Only moderators may see who waits; for others the list is empty and nothing is asked. */
  setModerator: (isModerator: boolean) => void;
  setLive: (isLive: boolean) => void;
  now: () => void;
  decide: (ticketId: string, verdict: Verdict) => Promise<void>;
  decideAll: (verdict: Verdict) => Promise<void>;
  stop: () => void;
};

/** Who waits, as hosts see it. A decision empties its row at once; the row comes back when the decision failed. */
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
  /** Decided here: hidden until an answer that was asked for after the decision shows the list without them. */
  const hidden = new Map<string, "deciding" | "decided">();

  const show = () => {
    const guests = queue.guests.filter(({ ticketId }) => !hidden.has(ticketId));
    lobby.set({ guests, nowMs: queue.nowMs, isStale });
  };
  const load = async () => {
    nudges.done();
    const settled = [...hidden].filter(([, state]) => state === "decided").map(([ticketId]) => ticketId);
    try {
      queue = await api(`${path}/lobby`, { headers, answer: LobbyQueue });
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
  const carryOut = async (ticketIds: readonly string[], request: () => Promise<unknown>) => {
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
    decide: (ticketId, verdict) =>
      carryOut([ticketId], () => post(`lobby/${encodeURIComponent(ticketId)}`, { verdict }, VerdictAnswer)),
    async decideAll(verdict) {
      const ticketIds = lobby.getSnapshot().guests.map(({ ticketId }) => ticketId);
      if (ticketIds.length === 0) return;
      const body = { verdict, ticketIds };
      await carryOut(ticketIds, () => post("lobby", body, AdmitAllAnswer));
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
