import { z } from "zod";
import { ChatMessage } from "./chat-message.ts";

/** LiveKit data topic of everything the server sends. Clients trust it only in packets without a sender participant. */
export const SYSTEM_TOPIC = "sys";

/** What a host did to the reader. `by` is the host's display name, empty when the system did it. */
export const Notice = z.object({
  type: z.enum([
    "muted",
    "camera-stopped",
    "share-stopped",
    "microphone-locked",
    "camera-locked",
    "screenShare-locked",
    "microphone-unlocked",
    "camera-unlocked",
    "screenShare-unlocked",
    "made-cohost",
    "unmade-cohost",
    "became-host",
    "hand-lowered",
    "expelled",
    "moved",
    "ended",
  ]),
  by: z.string(),
});
export type Notice = z.infer<typeof Notice>;

/** The room's revision that a nudge announces: no older replica of Redis may answer the request that follows. */
const revision = z.number().int().positive().optional();

/**
 * What the server sends over LiveKit's data channel.
 *
 * All kinds except `chat` and `notice` hold no state: they say what to request from the API again, so losing one costs seconds.
 * `notice` is not stored; `chat` carries the stored message, and a gap in `seq` makes the reader ask the API.
 */
export const Nudge = z.discriminatedUnion("kind", [
  /** Hosts: the queue has changed. Guests in the lobby: their queue position or host presence may have changed. */
  z.object({ revision, kind: z.literal("lobby") }),
  /** Guest in the lobby: your ticket is decided; request it. */
  z.object({ revision, kind: z.literal("verdict") }),
  /** All participants: settings, locks or roles have changed. */
  z.object({ revision, kind: z.literal("room") }),
  /** Hosts: the activity log or the list of bans has changed. */
  z.object({ revision, kind: z.literal("log") }),
  /** All participants: legs were opened or closed; request the living ones. */
  z.object({ revision, kind: z.literal("legs") }),
  /** To named participants: publish on this leg soon; your home leg is about to be closed. */
  z.object({ revision, kind: z.literal("home"), leg: z.string() }),
  z.object({ revision, kind: z.literal("notice"), notice: Notice }),
  z.object({ revision, kind: z.literal("chat"), message: ChatMessage }),
]);
export type Nudge = z.infer<typeof Nudge>;
