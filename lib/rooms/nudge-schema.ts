import { isFields, readFields, type Fields } from "#lib/json.ts";
import type { ChatMessage } from "./chat-message.ts";
import { readParticipantKind } from "./read-participant-kind.ts";

/** LiveKit data topic of everything the server sends. Clients trust it only in packets without a sender participant. */
export const SYSTEM_TOPIC = "sys";

export const NOTICE_TYPES = [
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
] as const;

/** What a host did to the reader. `by` is the host's display name, empty when the system did it. */
export type Notice = { type: (typeof NOTICE_TYPES)[number]; by: string };

/**
 * What the server sends over LiveKit's data channel.
 *
 * All kinds except `chat` and `notice` hold no state: they say what to request from the API again, so losing one costs seconds.
 * `notice` is not stored; `chat` carries the stored message, and a gap in `seq` makes the reader ask the API.
 */
export type Nudge = {
  /** The room's revision that a nudge announces: no older replica of Redis may answer the request that follows. */
  revision?: number | undefined;
} & (
  | Plain
  /** To named participants: publish on this leg soon; your home leg is about to be closed. */
  | { kind: "home"; leg: string }
  | { kind: "notice"; notice: Notice }
  | { kind: "chat"; message: ChatMessage }
);

const PLAIN_KINDS = [
  /** Hosts: the queue has changed. Guests in the lobby: their queue position or host presence may have changed. */
  "lobby",
  /** Guest in the lobby: your ticket is decided; request it. */
  "verdict",
  /** All participants: settings, locks or roles have changed. */
  "room",
  /** Hosts: the activity log or the list of bans has changed. */
  "log",
  /** All participants: legs were opened or closed; request the living ones. */
  "legs",
] as const;
type Plain = { [Kind in (typeof PLAIN_KINDS)[number]]: { kind: Kind } }[(typeof PLAIN_KINDS)[number]];

/**
 * Reads a nudge without a schema library, because it runs in every participant's browser.
 *
 * @returns undefined for what is not a nudge, such as a kind that only a newer server knows.
 */
export function parseNudge(payload: Uint8Array): Nudge | undefined {
  const fields = readFields(new TextDecoder().decode(payload));
  const content = fields && readContent(fields);
  if (!content || fields.revision === undefined) return content;
  return isCount(fields.revision) ? { revision: fields.revision, ...content } : undefined;
}

function readContent({ kind, leg, notice, message }: Fields): Nudge | undefined {
  const plain = PLAIN_KINDS.find((known) => known === kind);
  if (plain) return { kind: plain };
  if (kind === "home" && typeof leg === "string") return { kind, leg };
  if (kind === "notice" && isFields(notice)) {
    const type = NOTICE_TYPES.find((known) => known === notice.type);
    return type && typeof notice.by === "string" ? { kind, notice: { type, by: notice.by } } : undefined;
  }
  const chat = kind === "chat" ? readChatMessage(message) : undefined;
  return chat && { kind: "chat", message: chat };
}

/** The same as the schema `ChatMessage`. */
function readChatMessage(message: unknown): ChatMessage | undefined {
  if (!isFields(message)) return undefined;
  const {
    seq,
    id,
    identity,
    name,
    text,
    sentAtMs,
    kind: givenKind = "account",
    role = "participant",
    isLikeHost = false,
  } = message;
  if (!isCount(seq) || !Number.isSafeInteger(sentAtMs) || typeof sentAtMs !== "number") return undefined;
  if (typeof id !== "string" || typeof identity !== "string" || typeof name !== "string") return undefined;
  if (typeof text !== "string" || typeof isLikeHost !== "boolean") return undefined;
  const kind = readParticipantKind(givenKind);
  if (!kind) return undefined;
  if (role !== "host" && role !== "cohost" && role !== "participant") return undefined;
  return { seq, id, identity, name, kind, role, isLikeHost, text, sentAtMs };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
