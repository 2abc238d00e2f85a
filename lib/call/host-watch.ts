/** With no host among the people for this long, in ms, the server makes somebody host as soon as anybody asks. */
export const HOST_GRACE_MS = 60_000;
/** Everybody's clock runs out together: they ask one after the other, and the first answer settles it. */
const SPREAD_MS = 5_000;

export type HostWatch = { see: (hasHost: boolean) => void; stop: () => void };

/** Asks once for every time a meeting stays without a host. */
export function createHostWatch(ask: () => void, random: () => number): HostWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    see(hasHost) {
      if (hasHost) clear();
      else timer ??= setTimeout(ask, HOST_GRACE_MS + random() * SPREAD_MS);
    },
    stop: clear,
  };
}
