/** Some systems say "offline" while everything works: if packets still flow after this, in ms, they are believed. */
export const OFFLINE_DOUBT_MS = 10_000;

/** What the browser says of its network. */
export type NetworkStatus = {
  setOnline: (isOnline: boolean) => void;
  isOnline: () => boolean;
  /** It says that there is none, and has not said so for long enough to be doubted. */
  isOffline: () => boolean;
};

export function createNetworkStatus(now: () => number): NetworkStatus {
  let offlineSinceMs: number | undefined;
  return {
    setOnline: (isOnline) => void (offlineSinceMs = isOnline ? undefined : now()),
    isOnline: () => offlineSinceMs === undefined,
    isOffline: () => offlineSinceMs !== undefined && now() - offlineSinceMs < OFFLINE_DOUBT_MS,
  };
}
