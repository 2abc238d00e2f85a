import "server-only";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { orUnavailable } from "#lib/redis/script.ts";

/** Whether this event was handled completely before. Two copies in the same moment both count as new, which is harmless. */
export async function isHandled(eventId: string): Promise<boolean> {
  return (await orUnavailable(redis().exists(keys.webhook(eventId)))) === 1;
}

export async function rememberHandled(eventId: string): Promise<void> {
  await orUnavailable(redis().set(keys.webhook(eventId), "1", { px: TTL_MS.webhook }));
}
