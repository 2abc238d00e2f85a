import { z } from "zod";
import { systemClock } from "#lib/clock.ts";
import { asAppError } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { DEVICE_HEADER } from "#lib/seats/seat-schema.ts";
import { type EntryAddress, type EntryDeps, createEntryFollower } from "./entry-follower.ts";
import { openPush } from "./entry-push.ts";
import { isWeather } from "./entry-state.ts";
import type { EntryFeed } from "./entry.ts";

const realDeps: EntryDeps = { api, openPush, now: systemClock, random: Math.random };

type EntryInput = { code: string; device: DeviceId } & Pick<EntryAddress, "rtts">;

/** Asks to enter one room and follows what becomes of it. Asks for nothing before `ask` or `resume`. */
export function createEntryFeed({ code, device, rtts }: EntryInput, deps = realDeps): EntryFeed {
  const path = `/api/rooms/${encodeURIComponent(code)}`;
  const headers = { [DEVICE_HEADER]: device };
  const follower = createEntryFollower({ path, headers, device, rtts }, deps);
  const { state } = follower;
  const unwatch = watchReturn(follower.hurry);
  /** A withdrawal on its way would hit whatever is asked next. */
  let withdrawal = Promise.resolve();
  const withdraw = async () => {
    const request = { method: "DELETE", headers, answer: z.unknown(), keepalive: true } as const;
    // Not told, hosts see this guest for another minute: worth a second try, but no error on a page that is done.
    await deps.api(`${path}/ticket`, request).catch(() => deps.api(`${path}/ticket`, request).catch(() => {}));
  };

  return {
    state,
    async ask(ask) {
      const now = follower.begin();
      follower.called(ask.name);
      if (state.getSnapshot().status !== "waiting") state.set({ status: "asking" });
      try {
        await withdrawal;
        if (follower.isCurrent(now)) await follower.enter(ask, now);
      } catch (error) {
        if (follower.isCurrent(now)) follower.heedError(asAppError(error));
      }
    },
    async resume() {
      const now = follower.begin();
      try {
        await follower.readTicket(now);
      } catch (cause) {
        const error = asAppError(cause);
        if (!follower.isCurrent(now)) return;
        if (error.code === "ticket_unknown" || isWeather(error)) state.set({ status: "idle" });
        else follower.heedError(error);
      }
    },
    async rename(name) {
      await deps.api(`${path}/ticket`, { method: "PATCH", body: { name }, headers, answer: z.unknown() });
      follower.called(name);
      const current = state.getSnapshot();
      if (current.status === "waiting") state.set({ ...current, ticket: { ...current.ticket, name } });
      follower.hurry();
    },
    async cancel() {
      follower.begin();
      follower.settle({ status: "cancelled" });
      withdrawal = withdraw();
      await withdrawal;
    },
    dispose() {
      unwatch();
      follower.stop();
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
