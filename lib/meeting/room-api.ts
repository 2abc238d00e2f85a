import { z } from "zod";
import type { DeviceId } from "#lib/ids.ts";
import { type ModerationAction, ModerationAnswer } from "#lib/moderation/moderation-schema.ts";
import { DEVICE_HEADER } from "#lib/seats/seat-schema.ts";
import type { Deps } from "./deps.ts";

/** Where a room's addresses begin, and who asks. */
export type RoomAddress = { path: string; headers: Record<string, string> };

export function roomAddress(code: string, device: DeviceId): RoomAddress {
  return { path: `/api/rooms/${encodeURIComponent(code)}`, headers: { [DEVICE_HEADER]: device } };
}

/** What somebody inside asks of the server singly; the rest is asked by the feeds. */
export function createRoomApi({ path, headers }: RoomAddress, { api }: Pick<Deps, "api">) {
  return {
    /** @throws AppError `rate_limited` */
    raiseHand: (isRaised: boolean) =>
      api(`${path}/hand`, { method: "POST", body: { isRaised }, headers, answer: z.unknown() }),
    /** @throws AppError `not_allowed`, `person_unknown` */
    moderate: (action: ModerationAction) =>
      api(`${path}/moderation`, { method: "POST", body: action, headers, answer: ModerationAnswer }),
    /** Outlives the page. */
    leave: () => api(`${path}/leave`, { method: "POST", body: {}, headers, answer: z.unknown(), keepalive: true }),
  };
}
