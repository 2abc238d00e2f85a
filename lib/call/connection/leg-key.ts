import { z } from "zod";
import type { LegAccess } from "#lib/regions/leg-schema.ts";

const Claims = z.object({ sub: z.string(), video: z.object({ room: z.string() }) });

/**
 * Identifies a connection by leg, server, LiveKit room and own identity. The name of a leg may be used again for another room, and a
 * participant who was away for long gets a new identity; both are read from the token.
 */
export function keyOf({ leg, url, token }: Pick<LegAccess, "leg" | "url" | "token">): string {
  const claims = readClaims(token);
  // An unreadable token equals no other.
  return JSON.stringify([leg, url, ...(claims ? [claims.video.room, claims.sub] : [token])]);
}

function readClaims(token: string): z.infer<typeof Claims> | undefined {
  try {
    const text = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return Claims.safeParse(JSON.parse(atob(text))).data;
  } catch {
    return undefined;
  }
}
