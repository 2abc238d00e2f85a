import { HOST_GRACE_MS } from "#lib/seats/liveness.ts";

/** All browsers' timers run out together. They ask within this spread, in ms, and the first answer settles it for all. */
const SPREAD_MS = 5_000;

export type HostWatch = { update: (hasHost: boolean) => void; stop: () => void };

/** Asks the server once each time a meeting stays without a host for HOST_GRACE_MS: it then names another host. */
export function createHostWatch(ask: () => void, random: () => number): HostWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    update(hasHost) {
      if (hasHost) clear();
      else timer ??= setTimeout(ask, HOST_GRACE_MS + random() * SPREAD_MS);
    },
    stop: clear,
  };
}
