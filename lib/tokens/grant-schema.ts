import type { ParticipantInfo } from "livekit-server-sdk";
import { z } from "zod";

/** The two kinds of LiveKit room that we issue tokens for. */
export type RoomKind = "meeting" | "lobby";

const no = z.literal(false).optional();
/** LiveKit writes false values into a refreshed token, or leaves them out; all of these are off when missing. */
const OFF = {
  canUpdateOwnMetadata: no,
  canSubscribeMetrics: no,
  canManageAgentSession: no,
  roomCreate: no,
  roomList: no,
  roomRecord: no,
  roomAdmin: no,
  ingressAdmin: no,
  recorder: no,
  agent: no,
};
// If these two are missing LiveKit takes them as allowed.
const shared = { ...OFF, roomJoin: z.literal(true), room: z.string().min(1).max(64), canPublishData: z.literal(false) };
const inMeeting = { ...shared, canSubscribe: z.literal(true), hidden: no };
const Source = z.enum(["microphone", "camera", "screen_share", "screen_share_audio"]);

const Publishing = z.strictObject({
  ...inMeeting,
  canPublish: z.literal(true),
  // An empty list would mean every source.
  canPublishSources: z.array(Source).min(1).max(4),
});
const Watching = z.strictObject({ ...inMeeting, canPublish: z.literal(false) });
/** A hidden service. Whether this identity is one, Redis knows. */
const Hidden = z.strictObject({ ...inMeeting, canPublish: z.literal(false), hidden: z.literal(true) });
const Waiting = z.strictObject({
  ...shared,
  canPublish: z.literal(false),
  canSubscribe: z.literal(false),
  hidden: z.literal(true),
});

/**
 * The grants that `grants.ts` makes, and what LiveKit makes of them when it refreshes a token. No other field and no other
 * value.
 */
export const VideoGrantSchema: Record<RoomKind, z.ZodType<{ room: string; hidden?: boolean | undefined }>> = {
  meeting: z.union([Publishing, Watching, Hidden]),
  lobby: Waiting,
};

/**
 * Whether a LiveKit participant could come from our tokens: no agent, no recorder, and hidden in the lobby only.
 *
 * @param isHidden - In a meeting: it is a service that its grant hides.
 */
export function isOrdinary(
  { kind, permission }: Pick<ParticipantInfo, "kind" | "permission">,
  room: RoomKind,
  isHidden = false,
): boolean {
  const isWaiting = room === "lobby";
  if (kind !== STANDARD) return false;
  // An event can leave it out.
  if (!permission) return true;
  const { canSubscribe, canPublish, canPublishData, hidden, recorder, agent } = permission;
  if (canPublishData || recorder || agent || permission.canUpdateMetadata || permission.canSubscribeMetrics)
    return false;
  if (permission.canManageAgentSession || hidden !== (isWaiting || isHidden)) return false;
  if (isWaiting) return !canSubscribe && !canPublish;
  return !(isHidden && canPublish);
}

/** `ParticipantInfo_Kind.STANDARD`, which livekit-server-sdk does not export. */
const STANDARD = 0;
