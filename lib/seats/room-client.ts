import type { Clock } from "#lib/clock.ts";
import { DEVICE_HEADER } from "#lib/device-header.ts";
import type { ApiRequest, api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";

/** Calls our API. Tests pass a function of the same shape. */
export type Api = typeof api;

/** External dependencies of feeds. `random` returns 0 up to 1. */
export type FeedDeps = { api: Api; random: () => number; now: Clock };

/** Prefix of a room's API addresses, and the header that names this tab. */
export type RoomAddress = { path: string; headers: Record<string, string> };

export function roomAddress(code: string, device: DeviceId): RoomAddress {
  return { path: `/api/rooms/${encodeURIComponent(code)}`, headers: { [DEVICE_HEADER]: device } };
}

/** Posts to an address below the room's. @throws AppError */
export type Post = <T>(where: string, body: unknown, more?: Pick<ApiRequest, "signal" | "keepalive">) => Promise<T>;

export function createPost({ path, headers }: RoomAddress, { api }: Pick<FeedDeps, "api">): Post {
  return (where, body, more) => api(`${path}/${where}`, { method: "POST", body, headers, ...more });
}
