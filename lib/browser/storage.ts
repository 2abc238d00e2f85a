/** `tab` survives a reload of this tab; `browser` is shared by all tabs and stays. */
export type StorageScope = "tab" | "browser";

/** @returns undefined without storage: on the server, and where the user's settings block it. */
function open(drawer: StorageScope): Storage | undefined {
  try {
    return drawer === "tab" ? globalThis.sessionStorage : globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** @returns undefined when nothing is saved or storage is blocked. */
export function readItem(drawer: StorageScope, key: string): string | undefined {
  try {
    return open(drawer)?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Saves, or removes with undefined. Does nothing where storage is blocked or full. */
export function saveItem(drawer: StorageScope, key: string, value: string | undefined): void {
  try {
    if (value === undefined) open(drawer)?.removeItem(key);
    else open(drawer)?.setItem(key, value);
  } catch {
    // Private windows and full disks: the meeting works without saved state.
  }
}
