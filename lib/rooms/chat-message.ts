import { z } from "zod";
import { ParticipantKind } from "./participant-kind.ts";
import { RoleSchema } from "./room-schema.ts";

/** One message as all participants receive it. `seq` counts from 1 without gaps within a session. */
export const ChatMessage = z.object({
  seq: z.number().int().positive(),
  /** Chosen by the sender's browser, so that a repeated send is the same message. */
  id: z.uuid(),
  /** The sender's identity in this session. */
  identity: z.string(),
  name: z.string(),
  /** Whether the sender was signed in. Missing in messages from before this was stored. */
  kind: ParticipantKind.default("account"),
  /** The sender's role at the time of writing. */
  role: RoleSchema.default("participant"),
  /** Whether the name reads like that of a host who was present, and the sender is not that host. */
  isLikeHost: z.boolean().default(false),
  text: z.string(),
  sentAtMs: z.number().int(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
