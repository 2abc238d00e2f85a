import { isFields, readFields } from "#lib/json.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";

/**
 * Identifies a connection by leg, server, LiveKit room and own identity. The name of a leg may be used again for another room, and a
 * participant who was away for long gets a new identity; both are read from the token.
 */
export function keyOf({ leg, url, token }: Pick<LegAccess, "leg" | "url" | "token">): string {
  const claims = readClaims(token);
  // An unreadable token equals no other.
  return JSON.stringify([leg, url, ...(claims ? [claims.room, claims.sub] : [token])]);
}

function readClaims(token: string): { sub: string; room: string } | undefined {
  const { sub, video } = readFields(decode(token.split(".")[1] ?? "")) ?? {};
  if (typeof sub !== "string" || !isFields(video) || typeof video.room !== "string") return undefined;
  return { sub, room: video.room };
}

function decode(base64Url: string): string {
  try {
    return atob(base64Url.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
