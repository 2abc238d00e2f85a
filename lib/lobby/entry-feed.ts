import { systemClock } from "#lib/clock.ts";
import { AppError, asAppError } from "#lib/errors.ts";
import { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { DEVICE_HEADER } from "#lib/seats/seat-schema.ts";
import { type EntryAddress, type EntryDeps, createEntryFollower } from "./entry-follower.ts";
import { watchEntryPage } from "./entry-page.ts";
import { openPush } from "./entry-push.ts";
import { isWeather } from "./entry-state.ts";
import type { EntryFeed } from "./entry.ts";
import { createPageFollower } from "./page-follower.ts";

const realDeps: EntryDeps = {
  api,
  openPush,
  now: systemClock,
  random: Math.random,
  areCookiesOn: () => navigator.cookieEnabled,
};

type EntryInput = { code: string; device: DeviceId } & Pick<EntryAddress, "rtts">;

/** Asks to enter one room and follows what becomes of it. Asks for nothing before `ask` or `resume`. */
export function createEntryFeed({ code, device, rtts }: EntryInput, deps = realDeps): EntryFeed {
  const path = `/api/rooms/${encodeURIComponent(code)}`;
  const headers = { [DEVICE_HEADER]: device };
  const follower = createEntryFollower({ path, headers, device, rtts }, deps);
  const { state, requests } = follower;
  const unwatch = watchEntryPage(createPageFollower(follower, deps.now));
  /** A withdrawal on its way would hit whatever is asked next. */
  let withdrawal = Promise.resolve();
  // Without it hosts see this guest for some seconds more: worth a second try, but no error on a page that is done.
  const withdraw = async () => void (await requests.withdraw().catch(() => requests.withdraw().catch(() => undefined)));
  const requireCookies = () => {
    if (!deps.areCookiesOn()) throw new AppError("cookies_blocked");
  };
  /** The first answer gave this browser a pass. What it does not send back, it does not keep. */
  const checkPass = async (now: number) => {
    const ticket = await follower.readTicket(now);
    if (ticket.status === "none" && !ticket.hasPass && follower.isCurrent(now))
      follower.heedError(new AppError("cookies_blocked"));
  };

  return {
    state,
    async ask(ask) {
      const now = follower.begin();
      follower.called(ask.name);
      if (state.getSnapshot().status !== "waiting") state.set({ status: "asking" });
      try {
        requireCookies();
        await withdrawal;
        if (follower.isCurrent(now)) await follower.enter(ask, now);
      } catch (error) {
        if (follower.isCurrent(now)) follower.heedError(asAppError(error));
      }
    },
    async resume() {
      const now = follower.begin();
      try {
        requireCookies();
        const ticket = await follower.readTicket(now);
        // The door is shown meanwhile.
        if (ticket.status === "none" && !ticket.hasPass) void checkPass(now).catch(() => {});
      } catch (cause) {
        const error = asAppError(cause);
        if (!follower.isCurrent(now)) return;
        if (isWeather(error)) state.set({ status: "idle" });
        else follower.heedError(error);
      }
    },
    async rename(name) {
      await requests.rename(name);
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
