import { z } from "zod";
import { draw, ID_FORMS, randomId } from "./id-forms.ts";

export { newDeviceId, newRequestId } from "./id-forms.ts";

const LETTERS = "abcdefghijkmnopqrstuvwxyz"; // 25 letters: no "l", which reads as "I" and "1"

/** `abc-defg-hij`: the room's address and its key in Redis. 25^10 codes are 46 bits. */
export const RoomCode = z.string().regex(ID_FORMS.roomCode).brand<"RoomCode">();
export type RoomCode = z.infer<typeof RoomCode>;

/** A signed-in account, opaque: reveals neither its e-mail address nor the provider's subject. */
export const AccountId = z.string().regex(ID_FORMS.accountId).brand<"AccountId">();
export type AccountId = z.infer<typeof AccountId>;

/**
 * Who is asking, as the server knows them: an account, or the hash of a guest's cookie in one room. Never leaves the server.
 */
export type PersonKey = string & z.$brand<"PersonKey">;

/** One run of a room; part of LiveKit's room names. */
export const SessionId = z
  .string()
  .regex(/^[0-9a-z]{20}$/)
  .brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

/** LiveKit's identity of one seat (one participant on one device). Random; reveals nothing. */
export const Identity = z.string().regex(ID_FORMS.identity).brand<"Identity">();
export type Identity = z.infer<typeof Identity>;

/** LiveKit's identity of a waiting guest. Unrelated to ticket and seat. */
export const LobbyIdentity = z
  .string()
  .regex(/^w_[0-9a-z]{20}$/)
  .brand<"LobbyIdentity">();
export type LobbyIdentity = z.infer<typeof LobbyIdentity>;

/** How hosts refer to a request to join. */
export const TicketId = z
  .string()
  .regex(/^t_[0-9a-z]{20}$/)
  .brand<"TicketId">();
export type TicketId = z.infer<typeof TicketId>;

/** One ban, as the list of bans refers to it. */
export const BanId = z
  .string()
  .regex(/^b_[0-9a-z]{20}$/)
  .brand<"BanId">();
export type BanId = z.infer<typeof BanId>;

/**
 * A browser tab's own id, so that a reload does not count as a second device. Chooses among the caller's own seats, proves
 * nothing.
 */
export const DeviceId = z.string().regex(ID_FORMS.deviceId).brand<"DeviceId">();
export type DeviceId = z.infer<typeof DeviceId>;

/** One sign-in: the same in each copy and each renewal of its session cookie, so that signing out ends all of them. */
export const SignInId = z
  .string()
  .regex(/^s_[0-9a-z]{20}$/)
  .brand<"SignInId">();
export type SignInId = z.infer<typeof SignInId>;

/** One request, from the browser to every log line that it caused. Proves nothing. */
export const RequestId = z.string().regex(ID_FORMS.requestId).brand<"RequestId">();
export type RequestId = z.infer<typeof RequestId>;

export function newRoomCode(): RoomCode {
  const letters = draw(LETTERS, 10);
  return RoomCode.parse(`${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`);
}
export const newSessionId = () => SessionId.parse(randomId(""));
export const newIdentity = () => Identity.parse(randomId("p_"));
export const newLobbyIdentity = () => LobbyIdentity.parse(randomId("w_"));
export const newTicketId = () => TicketId.parse(randomId("t_"));
export const newBanId = () => BanId.parse(randomId("b_"));
export const newSignInId = () => SignInId.parse(randomId("s_"));
