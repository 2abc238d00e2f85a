import "server-only";
import { createHmac } from "node:crypto";
import { env } from "#lib/env.ts";
import type { PersonKey, SessionId } from "#lib/ids.ts";

/** Base64url characters kept: 96 bits, far beyond collisions within one meeting. */
const LENGTH = 16;

/** The id by which other participants know a person: the same on all their devices, a different one in the next meeting. */
export function personTag(sessionId: SessionId, personKey: PersonKey): string {
  return createHmac("sha256", env().IDENTITY_SECRET)
    .update(JSON.stringify(["person", sessionId, personKey]))
    .digest("base64url")
    .slice(0, LENGTH);
}
