import { type AppError, asAppError } from "#lib/errors.ts";
import type { Clock } from "#lib/clock.ts";
import type { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { type Poll, createPoll } from "#lib/live/poll.ts";
import { createStore } from "#lib/live/store.ts";
import { nextQuestionMs } from "./entry-pace.ts";
import { type OpenPush, createPushKeeper } from "./entry-push.ts";
import { isWeather, stateOfError, stateOfTicket } from "./entry-state.ts";
import type { Ask, EntryState } from "./entry.ts";
import { EntryAnswer, TicketAnswer } from "./lobby-schema.ts";

export type EntryDeps = { api: typeof api; openPush: OpenPush; now: Clock; random: () => number };
export type EntryAddress = {
  path: string;
  headers: Record<string, string>;
  device: DeviceId;
  /** How far the regions are away, as far as it is known when entry is asked for. */
  rtts: () => Record<string, number>;
};

/** Admitted, but not let in yet: the next look settles it. In milliseconds. */
const UNDECIDED_MS = 2_000;

/** Follows one person's request through all it can become: asks, listens, redeems. */
export function createEntryFollower({ path, headers, device, rtts }: EntryAddress, deps: EntryDeps) {
  const state = createStore<EntryState>({ status: "idle" });
  let name: string | undefined;
  let clockOffsetMs = 0;
  let retryAfterMs: number | undefined;
  let poll: Poll | undefined;
  /** Answers to what was asked before the person changed their mind no longer count. */
  let turn = 0;

  const push = createPushKeeper(
    deps.openPush,
    { nudged: () => poll?.now(), changed: (isConnected) => (isConnected ? poll?.now() : poll?.repace()) },
    deps.now,
  );
  const settle = (next: EntryState) => {
    poll?.stop();
    poll = undefined;
    push.close();
    state.set(next);
  };
  const delayMs = () => {
    const current = state.getSnapshot();
    if (current.status !== "waiting") return UNDECIDED_MS;
    const serverNowMs = deps.now() + clockOffsetMs;
    const known = { isPushConnected: push.isConnected(), retryAfterMs, serverNowMs };
    return nextQuestionMs({ ...paceOf(current), ...known }, deps.random);
  };
  const heedTicket = async ({ ticket, lobby }: TicketAnswer, now: number) => {
    if (ticket.status === "admitted") return enter({}, now);
    if (ticket.status !== "waiting") return settle(stateOfTicket(ticket, deps.now()));
    clockOffsetMs = ticket.nowMs - deps.now();
    retryAfterMs = undefined;
    name = ticket.name;
    state.set({ status: "waiting", ticket, clockOffsetMs, isStale: false });
    poll ??= createPoll(question, delayMs);
    // Without a host nobody can decide: a connection would only cost.
    if (lobby) push.open(lobby);
    else if (!ticket.isHostPresent) push.close();
  };
  /** @throws AppError */
  const enter = async (ask: Ask, now: number) => {
    const body = { ...(name === undefined ? {} : { name }), ...ask, device, rtts: rtts() };
    const answer = await deps.api(`${path}/entry`, { method: "POST", body, headers, answer: EntryAnswer });
    if (now !== turn) return;
    if (answer.status === "admitted") settle({ status: "admitted", admission: answer });
    else if (answer.status === "elsewhere") settle({ status: "elsewhere" });
    else if (answer.ticket.status !== "admitted") await heedTicket(answer, now);
    // Admitted this moment, between two looks of the server's: ask once more.
    else poll ??= createPoll(question, delayMs);
  };
  const readTicket = async (now: number) => {
    const query = push.isWanted() ? "?push=1" : "";
    const answer = await deps.api(`${path}/ticket${query}`, { headers, answer: TicketAnswer });
    if (now === turn) await heedTicket(answer, now);
  };
  const question = async (now = turn) => {
    try {
      await readTicket(now);
    } catch (error) {
      if (now === turn) heedError(asAppError(error));
    }
  };
  const heedError = (error: AppError) => {
    const current = state.getSnapshot();
    if (current.status !== "waiting" || !isWeather(error)) return settle(stateOfLastError(error, clockOffsetMs));
    retryAfterMs = retryMsOf(error);
    state.set({ ...current, isStale: true });
  };

  return {
    state,
    /** Begins something new: answers to what was asked before count no more. */
    begin: () => ++turn,
    isCurrent: (now: number) => now === turn,
    called: (next: string | undefined) => void (name = next ?? name),
    enter,
    readTicket,
    heedError,
    settle,
    hurry: () => poll?.now(),
    stop() {
      turn += 1;
      poll?.stop();
      push.close();
    },
  };
}

function paceOf({ ticket, isStale }: Extract<EntryState, { status: "waiting" }>) {
  return { isHostPresent: ticket.isHostPresent, expiresAtMs: ticket.expiresAtMs, isStale };
}

/** The server forgets requests some time after they lapsed. */
function stateOfLastError(error: AppError, clockOffsetMs: number): EntryState {
  return error.code === "ticket_unknown" ? { status: "lapsed" } : stateOfError(error, clockOffsetMs);
}

function retryMsOf({ facts: { retryAfterSeconds } }: AppError): number | undefined {
  return retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
}
