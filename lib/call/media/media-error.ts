import type { DeviceTrouble } from "./devices.ts";

const MEANING: ReadonlyMap<string, DeviceTrouble> = new Map(
  Object.entries({
    NotAllowedError: "denied",
    PermissionDeniedError: "denied",
    SecurityError: "denied",
    NotFoundError: "missing",
    DevicesNotFoundError: "missing",
    OverconstrainedError: "missing",
    NotReadableError: "busy",
    TrackStartError: "busy",
    AbortError: "busy",
  } as const),
);

/** Says in our words why a device could not be opened. Browsers name the same thing differently. */
export function troubleOf(error: unknown): DeviceTrouble {
  if (error instanceof NoDevicesError) return error.why;
  return (error instanceof Error && MEANING.get(error.name)) || "failed";
}

/** The browser has no means at all to open devices on this page. */
export class NoDevicesError extends Error {
  readonly why: "insecure" | "unsupported";

  constructor(why: NoDevicesError["why"]) {
    super(`The browser gives this page no devices: ${why}`);
    this.why = why;
  }
}

/** Chrome's words for a question that was closed without an answer: asking again at once would be pestering. */
export function wasQuestionClosed(error: unknown): boolean {
  return error instanceof Error && /dismissed/i.test(error.message);
}
