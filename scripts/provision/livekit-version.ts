import { LIVEKIT } from "../../infra/versions.ts";

/** @returns the version from the output of `livekit-server --version`. */
export function versionIn(printed: string | undefined): string | undefined {
  return /(?<![\d.])(\d+\.\d+\.\d+)\b/.exec(printed ?? "")?.[1];
}

export function isAtLeast(version: string, other: string): boolean {
  const [left, right] = [version.split(".").map(Number), other.split(".").map(Number)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing === -1 || (left[differing] ?? 0) > (right[differing] ?? 0);
}

/** Veet supports its release, later patches of it, and the version that Go can build. */
export function isSupported(version: string | undefined): boolean {
  if (version === undefined) return false;
  if (version === LIVEKIT.buildable) return true;
  return minorOf(version) === minorOf(LIVEKIT.release) && isAtLeast(version, LIVEKIT.release);
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

type Config = { limit: Record<string, unknown> };

/** Settings in `limit` that an older LiveKit refuses to start with, by the version that introduced them. */
const SINCE: Record<string, string> = { signal_message_size_limit: "1.13.6" };

/** The configuration without settings that this version does not support. */
export function forVersion<T extends Config>(config: T, version: string): T {
  const known = Object.entries(config.limit).filter(([name]) => isAtLeast(version, SINCE[name] ?? "0.0.0"));
  return { ...config, limit: Object.fromEntries(known) };
}
