import type { DeviceStatus } from "./devices.ts";

const MEANING: ReadonlyMap<string, DeviceStatus> = new Map(
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
export function statusOfError(error: unknown): DeviceStatus {
  return (error instanceof Error && MEANING.get(error.name)) || "failed";
}
