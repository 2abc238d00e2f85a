import { type Clock, systemClock } from "#lib/clock.ts";
import { AppError, asAppError } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { createStore } from "#lib/live/store.ts";
import { roomAddress } from "#lib/seats/room-client.ts";
import { createEntryListener } from "./entry-listener.ts";
import { nextQuestionMs } from "./entry-pace.ts";
import { type PageEvents, watchEntryPage } from "./entry-page.ts";
import { type OpenPush, openPush } from "./entry-push.ts";
import { type EntryAddress, createEntryClient } from "./entry-client.ts";
import { isTransient, stateOfError, stateOfTicket } from "./entry-state.ts";
import type { Ask, EntryFeed, EntryState } from "./entry.ts";
import type { TicketAnswer } from "./lobby-schema.ts";

export type EntryDeps = {
  api: typeof api;
  openPush: OpenPush;
  now: Clock;
  random: () => number;
  /** As the browser reports it. Site settings or an extension can still drop cookies. */
  areCookiesOn: () => boolean;
};

/** Pause before asking again, in milliseconds, when an admitted ticket did not lead to a seat yet. */
const UNDECIDED_MS = 2_000;

/** A page that sent no request for this long, in milliseconds, was suspended. Its connection may be dead. */
const SUSPENDED_MS = 20_000;

const realDeps: EntryDeps = {
  api,
  openPush,
  now: systemClock,
  random: Math.random,
  areCookiesOn: () => navigator.cookieEnabled,
};

type EntryInput = { code: string; device: DeviceId } & Pick<EntryAddress, "rtts">;

/** Requests entry to one room and follows the request. Sends nothing before `ask` or `resume`. */
export function createEntryFeed({ code, device, rtts }: EntryInput, deps = realDeps): EntryFeed {
  const follower = createEntryFollower({ ...roomAddress(code, device), device, rtts }, deps);
  const { state, requests } = follower;
  const unwatch = watchEntryPage(createPageReporter(follower, deps.now));
  /** A withdrawal under way would cancel the next request. */
  let withdrawal = Promise.resolve();
  // If this fails, hosts see the guest for some seconds longer. Worth one retry, but no error on a finished page.
  const withdraw = async () => void (await requests.withdraw().catch(() => requests.withdraw().catch(() => undefined)));
  const requireCookies = () => {
    if (!deps.areCookiesOn()) throw new AppError("cookies_blocked");
  };
  /** The first answer gave this browser a pass. A browser that does not return it keeps no cookies. */
  const checkPass = async (now: number) => {
    const ticket = await follower.readTicket(now);
    if (ticket.status === "none" && !ticket.hasPass && follower.isCurrent(now))
      follower.handleError(new AppError("cookies_blocked"));
  };

  return {
    state,
    async ask(ask) {
      const now = follower.begin();
      follower.setName(ask.name);
      if (state.getSnapshot().status !== "waiting") state.set({ status: "asking" });
      try {
        requireCookies();
        await withdrawal;
        if (follower.isCurrent(now)) await follower.enter(ask, now);
      } catch (error) {
        if (follower.isCurrent(now)) follower.handleError(asAppError(error));
      }
    },
    async resume() {
      const now = follower.begin();
      try {
        requireCookies();
        const ticket = await follower.readTicket(now);
        // The check runs in the background; the green room does not wait for it.
        if (ticket.status === "none" && !ticket.hasPass) void checkPass(now).catch(() => {});
      } catch (cause) {
        const error = asAppError(cause);
        if (!follower.isCurrent(now)) return;
        if (isTransient(error.code)) state.set({ status: "idle" });
        else follower.handleError(error);
      }
    },
    async rename(name) {
      await requests.rename(name);
      follower.setName(name);
      const current = state.getSnapshot();
      if (current.status === "waiting") state.set({ ...current, ticket: { ...current.ticket, name } });
      follower.askNow();
    },
    async cancel() {
      follower.begin();
      follower.finish({ status: "cancelled" });
      withdrawal = withdraw();
      await withdrawal;
    },
    dispose() {
      unwatch();
      follower.stop();
    },
  };
}

type EntryFollower = ReturnType<typeof createEntryFollower>;

/** Follows one request through its states: asks, listens for the verdict, joins. */
export function createEntryFollower(address: EntryAddress, deps: EntryDeps) {
  const requests = createEntryClient(address, deps.api);
  const state = createStore<EntryState>({ status: "idle" });
  let name: string | undefined;
  let clockOffsetMs = 0;
  let retryAfterMs: number | undefined;
  let askedAtMs = 0;
  /** Counts the user's requests, so that answers to earlier ones are ignored. */
  let turn = 0;

  const finish = (next: EntryState) => {
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
  const handleTicket = async ({ ticket, lobby }: TicketAnswer, now: number) => {
    if (ticket.status === "admitted") return enter({}, now);
    if (ticket.status === "none" && state.getSnapshot().status !== "waiting") return finish({ status: "idle" });
    if (ticket.status !== "waiting") return finish(stateOfTicket(ticket, deps.now()));
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
    if (answer.status === "admitted") finish({ status: "admitted", admission: answer });
    else if (answer.status === "elsewhere") finish({ status: "elsewhere" });
    else if (answer.ticket.status !== "admitted") await handleTicket(answer, now);
    // Admitted while the server answered: request entry again.
    else listener.start();
  };
  const handleAnswer = async (asking: Promise<TicketAnswer>, now: number) => {
    askedAtMs = deps.now();
    const answer = await asking;
    if (now === turn) await handleTicket(answer, now);
    return answer.ticket;
  };
  const readTicket = (now: number) => handleAnswer(requests.readTicket(listener.wantsPush()), now);
  const handleError = (error: AppError) => {
    const current = state.getSnapshot();
    if (current.status !== "waiting" || !isTransient(error.code)) return finish(stateOfError(error, clockOffsetMs));
    retryAfterMs = retryMsOf(error);
    state.set({ ...current, isStale: true });
  };
  /** Handles an answer or error, unless a newer request has started. */
  const follow = async (asking: Promise<TicketAnswer>, now: number): Promise<void> => {
    await handleAnswer(asking, now).catch((error: unknown) => now === turn && handleError(asAppError(error)));
  };
  const question = () => follow(requests.readTicket(listener.wantsPush()), turn);
  const listener = createEntryListener({ ...deps, path: address.path }, question, delayMs);

  return {
    state,
    requests,
    /** Starts a new request, so that answers to earlier ones are ignored. */
    begin: () => ++turn,
    isCurrent: (now: number) => now === turn,
    setName: (next: string | undefined) => void (name = next ?? name),
    enter,
    readTicket,
    handleError,
    finish,
    askNow: listener.askNow,
    /** Asks again, as earlier requests may never be answered. @param renewsPush - Reconnects as well; the connection may be dead. */
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

/** Reports to the server whether a waiting guest's page is visible, and asks right away for missed events. */
export function createPageReporter(follower: EntryFollower, now: Clock): PageEvents {
  const { state, requests } = follower;
  const isWaiting = () => state.getSnapshot().status === "waiting";
  return {
    // If this report is lost, the guest is listed as long as after a lost connection.
    left(page) {
      if (isWaiting()) void requests.reportPage(page, now()).catch(() => {});
    },
    // One request reports the return and reads the ticket.
    returned() {
      if (!isWaiting()) return;
      const turn = follower.restart(now() - follower.askedAtMs() > SUSPENDED_MS);
      void follower.follow(requests.reportPage("visible", now()), turn);
    },
  };
}

function paceOf({ ticket, isStale }: Extract<EntryState, { status: "waiting" }>) {
  return { isHostPresent: ticket.isHostPresent, expiresAtMs: ticket.expiresAtMs, isStale };
}

function retryMsOf({ facts: { retryAfterSeconds } }: AppError): number | undefined {
  return retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
}
