/** `tab` survives a reload of this tab; `browser` is shared by all tabs and stays. */
export type StorageScope = "tab" | "browser";

/** @returns undefined where there is no storage: on the server, and where the person's settings block it. */
function open(drawer: StorageScope): Storage | undefined {
  try {
    return drawer === "tab" ? globalThis.sessionStorage : globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** Reads what was remembered; nothing when storage is blocked. */
export function readItem(drawer: StorageScope, key: string): string | undefined {
  try {
    return open(drawer)?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers, or forgets with undefined. Where storage is blocked or full the memory is simply shorter. */
export function saveItem(drawer: StorageScope, key: string, value: string | undefined): void {
  try {
    if (value === undefined) open(drawer)?.removeItem(key);
    else open(drawer)?.setItem(key, value);
  } catch {
    // Private windows and full disks: the meeting works without memory.
  }
}
