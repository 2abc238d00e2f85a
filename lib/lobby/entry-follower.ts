import { AppError, asAppError } from "#lib/errors.ts";
import { z } from "zod";
import type { Clock } from "#lib/clock.ts";
import type { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { createStore } from "#lib/live/store.ts";
import { nextQuestionMs } from "./entry-pace.ts";
import { createEntryListener } from "./entry-listener.ts";
import type { OpenPush } from "./entry-push.ts";
import { isWeather, stateOfError, stateOfTicket } from "./entry-state.ts";
import type { Ask, EntryState } from "./entry.ts";
import { EntryAnswer, type PageState, TicketAnswer } from "./lobby-schema.ts";

export type EntryDeps = {
  api: typeof api;
  openPush: OpenPush;
  now: Clock;
  random: () => number;
  /** What the browser itself says; a site's own settings or an extension may still drop them. */
  areCookiesOn: () => boolean;
};
export type EntryAddress = {
  path: string;
  headers: Record<string, string>;
  device: DeviceId;
  /** How far the regions are away, as far as it is known when entry is asked for. */
  rtts: () => Record<string, number>;
};

/** Admitted, but not let in yet: the next look settles it. In milliseconds. */
const UNDECIDED_MS = 2_000;

export type EntryFollower = ReturnType<typeof createEntryFollower>;

/** Follows one person's request through all it can become: asks, listens, redeems. */
export function createEntryFollower(address: EntryAddress, deps: EntryDeps) {
  const requests = createEntryRequests(address, deps.api);
  const state = createStore<EntryState>({ status: "idle" });
  let name: string | undefined;
  let clockOffsetMs = 0;
  let retryAfterMs: number | undefined;
  let askedAtMs = 0;
  /** Answers to what was asked before the person changed their mind no longer count. */
  let turn = 0;

  const settle = (next: EntryState) => {
    listener.stop();
    state.set(next);
  };
  const delayMs = () => {
    const current = state.getSnapshot();
    if (current.status !== "waiting") return UNDECIDED_MS;
    const serverNowMs = deps.now() + clockOffsetMs;
    const known = { isPushConnected: listener.isConnected(), retryAfterMs, serverNowMs };
    return nextQuestionMs({ ...paceOf(current), ...known }, deps.random);
  };
  const heedTicket = async ({ ticket, lobby }: TicketAnswer, now: number) => {
    if (ticket.status === "admitted") return enter({}, now);
    if (ticket.status === "none" && state.getSnapshot().status !== "waiting") return settle({ status: "idle" });
    if (ticket.status !== "waiting") return settle(stateOfTicket(ticket, deps.now()));
    clockOffsetMs = ticket.nowMs - deps.now();
    retryAfterMs = undefined;
    name = ticket.name;
    state.set({ status: "waiting", ticket, clockOffsetMs, isStale: false });
    listener.start();
    listener.listen(lobby, ticket.isHostPresent);
  };
  /** @throws AppError */
  const enter = async (ask: Ask, now: number): Promise<void> => {
    const answer = await requests.enter({ ...(name === undefined ? {} : { name }), ...ask }, () => now === turn);
    if (answer === undefined || now !== turn) return;
    if (answer.status === "admitted") settle({ status: "admitted", admission: answer });
    else if (answer.status === "elsewhere") settle({ status: "elsewhere" });
    else if (answer.ticket.status !== "admitted") await heedTicket(answer, now);
    // Admitted this moment, between two looks of the server's: ask once more.
    else listener.start();
  };
  const heedAnswer = async (asking: Promise<TicketAnswer>, now: number) => {
    askedAtMs = deps.now();
    const answer = await asking;
    if (now === turn) await heedTicket(answer, now);
    return answer.ticket;
  };
  const readTicket = (now: number) => heedAnswer(requests.readTicket(listener.wantsPush()), now);
  const heedError = (error: AppError) => {
    const current = state.getSnapshot();
    if (current.status !== "waiting" || !isWeather(error)) return settle(stateOfError(error, clockOffsetMs));
    retryAfterMs = retryMsOf(error);
    state.set({ ...current, isStale: true });
  };
  /** Takes an answer of the server's, whatever it is, unless something newer was begun. */
  const follow = async (asking: Promise<TicketAnswer>, now: number): Promise<void> => {
    await heedAnswer(asking, now).catch((error: unknown) => now === turn && heedError(asAppError(error)));
  };
  const question = () => follow(requests.readTicket(listener.wantsPush()), turn);
  const listener = createEntryListener({ ...deps, path: address.path }, question, delayMs);

  return {
    state,
    requests,
    /** Begins something new: answers to what was asked before count no more. */
    begin: () => ++turn,
    isCurrent: (now: number) => now === turn,
    called: (next: string | undefined) => void (name = next ?? name),
    enter,
    readTicket,
    heedError,
    settle,
    hurry: listener.hurry,
    /** Follows on from here: what was asked before may never be answered. @param renewsPush - The connection may be dead, too. */
    restart(renewsPush: boolean) {
      listener.restart(renewsPush);
      return ++turn;
    },
    askedAtMs: () => askedAtMs,
    follow,
    stop() {
      turn += 1;
      listener.stop();
    },
  };
}

/** What a browser asks of the server at the door. @throws AppError with the server's code, all of them */
function createEntryRequests({ path, headers, device, rtts }: EntryAddress, ask: typeof api) {
  const ticket = `${path}/ticket`;
  const post = (wish: Ask) =>
    ask(`${path}/entry`, {
      method: "POST",
      body: { ...wish, device, rtts: rtts() },
      headers,
      answer: EntryAnswer,
    });
  return {
    /**
     * A guest who is not known yet gets a pass with the first answer, and asks once more with it.
     *
     * @returns undefined when it is not wanted any more.
     * @throws AppError `cookies_blocked` when the pass did not come back.
     */
    async enter(wish: Ask, isWanted: () => boolean) {
      const first = await post(wish);
      if (first.status !== "again") return first;
      const second = isWanted() ? await post(wish) : undefined;
      if (second?.status === "again") throw new AppError("cookies_blocked");
      return second;
    },
    readTicket: (wantsPush: boolean) =>
      ask(`${ticket}${wantsPush ? "?push=1" : ""}`, { headers, answer: TicketAnswer }),
    rename: (name: string) => ask(ticket, { method: "PATCH", body: { name }, headers, answer: z.unknown() }),
    /** Sent so that it outlives the page. */
    tellPage: (page: PageState, atMs: number) =>
      ask(ticket, { method: "PATCH", body: { page, atMs }, headers, answer: TicketAnswer, keepalive: true }),
    withdraw: () => ask(ticket, { method: "DELETE", headers, answer: z.unknown(), keepalive: true }),
  };
}

function paceOf({ ticket, isStale }: Extract<EntryState, { status: "waiting" }>) {
  return { isHostPresent: ticket.isHostPresent, expiresAtMs: ticket.expiresAtMs, isStale };
}

function retryMsOf({ facts: { retryAfterSeconds } }: AppError): number | undefined {
  return retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
}
