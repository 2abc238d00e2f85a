import { z } from "zod";
import { ChatMessage } from "./chat-message.ts";

/** LiveKit data topic of everything the server sends. Clients trust it only from packets without a sender participant. */
export const SYSTEM_TOPIC = "sys";

/** Something that was done to the one who reads it, by whom. `by` is a display name, empty when the system did it. */
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

/** The room's revision that a nudge announces: no older replica of Redis answers what is asked because of it. */
const revision = z.number().int().positive().optional();

/**
 * What the server says over LiveKit's data channel.
 *
 * All but `chat` and `notice` hold no state: they say what to ask the API for again, so that losing one costs seconds.
 * `notice` is told, not stored; `chat` carries the stored message, and a gap in `seq` sends the reader to the API.
 */
export const Nudge = z.discriminatedUnion("kind", [
  /** Hosts: who waits has changed. Guests in the lobby: place or host presence may have changed. */
  z.object({ revision, kind: z.literal("lobby") }),
  /** Guest in the lobby: your ticket is decided; ask for it. */
  z.object({ revision, kind: z.literal("verdict") }),
  /** Everybody inside: settings, locks or roles have changed. */
  z.object({ revision, kind: z.literal("room") }),
  /** Hosts: the action log or the list of the banned has changed. */
  z.object({ revision, kind: z.literal("log") }),
  /** Everybody inside: legs were opened or closed; ask which live. */
  z.object({ revision, kind: z.literal("legs") }),
  /** To those named: publish on this leg soon; the one you publish on is about to be closed. */
  z.object({ revision, kind: z.literal("home"), leg: z.string() }),
  z.object({ revision, kind: z.literal("notice"), notice: Notice }),
  z.object({ revision, kind: z.literal("chat"), message: ChatMessage }),
]);
export type Nudge = z.infer<typeof Nudge>;
