import { z } from "zod";
import type { LegAccess } from "#lib/regions/leg-schema.ts";

const Claims = z.object({ sub: z.string(), video: z.object({ room: z.string() }) });

/**
 * What makes a connection this one and no other: leg, server, LiveKit room and who I am there. A letter may come back with
 * another room, and somebody who was away for long comes back as somebody new; the token says both.
 */
export function keyOf({ leg, url, token }: Pick<LegAccess, "leg" | "url" | "token">): string {
  const claims = readClaims(token);
  // A token that cannot be read is like no other.
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
