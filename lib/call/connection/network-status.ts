/** Some systems report "offline" while everything works. Believe them for this long, in ms; then only what media shows counts. */
export const OFFLINE_TRUST_MS = 10_000;

/** What the browser reports about its network. */
export type NetworkStatus = {
  setOnline: (isOnline: boolean) => void;
  isOnline: () => boolean;
  /** Reported offline, and not for so long that the report is doubtful. */
  isOffline: () => boolean;
};

export function createNetworkStatus(now: () => number): NetworkStatus {
  let offlineSinceMs: number | undefined;
  return {
    setOnline: (isOnline) => void (offlineSinceMs = isOnline ? undefined : now()),
    isOnline: () => offlineSinceMs === undefined,
    isOffline: () => offlineSinceMs !== undefined && now() - offlineSinceMs < OFFLINE_TRUST_MS,
  };
}
