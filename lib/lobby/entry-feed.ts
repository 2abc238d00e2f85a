import { z } from "zod";
import { type Clock, systemClock } from "#lib/clock.ts";
import { AppError } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { type Poll, createPoll } from "#lib/live/poll.ts";
import { createStore } from "#lib/live/store.ts";
import { DEVICE_HEADER } from "#lib/seats/seat-schema.ts";
import { nextQuestionMs } from "./entry-pace.ts";
import { type OpenPush, createPushKeeper, openPush } from "./entry-push.ts";
import { isWeather, stateOfError, stateOfTicket } from "./entry-state.ts";
import type { Ask, EntryFeed, EntryState } from "./entry.ts";
import { EntryAnswer, TicketAnswer } from "./lobby-schema.ts";

export type EntryDeps = { api: typeof api; openPush: OpenPush; now: Clock; random: () => number };
const realDeps: EntryDeps = { api, openPush, now: systemClock, random: Math.random };

/** Asks to enter one room and follows what becomes of it. Asks for nothing before `ask` or `resume`. */
export function createEntryFeed({ code, device }: { code: string; device: DeviceId }, deps = realDeps): EntryFeed {
  const path = `/api/rooms/${encodeURIComponent(code)}`;
  const headers = { [DEVICE_HEADER]: device };
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
    if (current.status !== "waiting") return 2_000;
    const { isHostPresent, expiresAtMs } = current.ticket;
    const serverNowMs = deps.now() + clockOffsetMs;
    const { isStale } = current;
    return nextQuestionMs(
      { isPushConnected: push.isConnected(), isHostPresent, isStale, retryAfterMs, expiresAtMs, serverNowMs },
      deps.random,
    );
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
    const body = { ...(name === undefined ? {} : { name }), ...ask, device };
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
  const question = async () => {
    const now = turn;
    try {
      await readTicket(now);
    } catch (error) {
      if (now === turn) heedError(toAppError(error));
    }
  };
  const heedError = (error: AppError) => {
    const current = state.getSnapshot();
    if (current.status !== "waiting" || !isWeather(error)) {
      // The server forgets requests some time after they lapsed.
      return settle(error.code === "ticket_unknown" ? { status: "lapsed" } : stateOfError(error, clockOffsetMs));
    }
    const { retryAfterSeconds } = error.facts;
    retryAfterMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
    state.set({ ...current, isStale: true });
  };
  const unwatch = watchReturn(() => poll?.now());

  return {
    state,
    async ask(ask) {
      const now = ++turn;
      name = ask.name ?? name;
      if (state.getSnapshot().status !== "waiting") state.set({ status: "asking" });
      try {
        await enter(ask, now);
      } catch (error) {
        if (now === turn) heedError(toAppError(error));
      }
    },
    async resume() {
      const now = ++turn;
      try {
        await readTicket(now);
      } catch (error) {
        const { code: why } = toAppError(error);
        if (now !== turn) return;
        if (why === "ticket_unknown" || isWeather(toAppError(error))) state.set({ status: "idle" });
        else heedError(toAppError(error));
      }
    },
    async rename(next) {
      await deps.api(`${path}/ticket`, { method: "PATCH", body: { name: next }, headers, answer: z.unknown() });
      name = next;
      const current = state.getSnapshot();
      if (current.status === "waiting") state.set({ ...current, ticket: { ...current.ticket, name: next } });
      poll?.now();
    },
    async cancel() {
      turn += 1;
      settle({ status: "cancelled" });
      const request = { method: "DELETE", headers, answer: z.unknown(), keepalive: true } as const;
      // Not told, hosts see this guest for another minute: worth a second try, but no error on a page that is done.
      await deps.api(`${path}/ticket`, request).catch(() => deps.api(`${path}/ticket`, request).catch(() => {}));
    },
    dispose() {
      turn += 1;
      unwatch();
      poll?.stop();
      push.close();
    },
  };
}

/** Hears that the page is looked at again, or has a network again: what was pushed meanwhile may be lost. */
function watchReturn(tell: () => void): () => void {
  if (typeof window === "undefined") return () => {};
  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tell(), { signal });
  window.addEventListener("pageshow", tell, { signal });
  window.addEventListener("online", tell, { signal });
  return () => ending.abort();
}

function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("unavailable", {}, { cause: error });
}
