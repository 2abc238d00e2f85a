import { z } from "zod";
import type { ApiRequest } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { type ModerationAction, ModerationAnswer } from "#lib/moderation/moderation-schema.ts";
import { DEVICE_HEADER } from "#lib/seats/seat-schema.ts";
import type { Deps } from "./deps.ts";

/** Where a room's addresses begin, and who asks. */
export type RoomAddress = { path: string; headers: Record<string, string> };

export function roomAddress(code: string, device: DeviceId): RoomAddress {
  return { path: `/api/rooms/${encodeURIComponent(code)}`, headers: { [DEVICE_HEADER]: device } };
}

/** Has something done in the room. `where` is the address below the room's. @throws AppError */
export type Post = <T>(
  where: string,
  body: unknown,
  answer: z.ZodType<T>,
  more?: Pick<ApiRequest<T>, "signal" | "keepalive">,
) => Promise<T>;

export function createPost({ path, headers }: RoomAddress, { api }: Pick<Deps, "api">): Post {
  return (where, body, answer, more) => api(`${path}/${where}`, { method: "POST", body, headers, answer, ...more });
}

/** What somebody inside asks of the server singly; the rest is asked by the feeds. */
export function createRoomApi(address: RoomAddress, deps: Pick<Deps, "api">) {
  const post = createPost(address, deps);
  return {
    /** @throws AppError `rate_limited` */
    raiseHand: (isRaised: boolean) => post("hand", { isRaised }, z.unknown()),
    /** @throws AppError `not_allowed`, `person_unknown` */
    moderate: (action: ModerationAction) => post("moderation", action, ModerationAnswer),
    /** Outlives the page. */
    leave: () => post("leave", {}, z.unknown(), { keepalive: true }),
  };
}
