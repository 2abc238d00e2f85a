import { z } from "zod";

/** Characters (UTF-16 units) of one message. */
export const MAX_CHAT_LENGTH = 2_000;

/** One message as everybody gets it. `seq` counts from 1 without gaps within a session. */
export const ChatMessage = z.object({
  seq: z.number().int().positive(),
  /** Chosen by the sender's browser, so that sending again is the same message. */
  id: z.uuid(),
  /** The sender's identity in this session. */
  identity: z.string(),
  name: z.string(),
  text: z.string(),
  sentAtMs: z.number().int(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
