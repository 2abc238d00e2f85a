import { z } from "zod";

/** Before 0.2 an account was stored, and sent to browsers, as `person`. Seats and chats of that time are still read. */
const formerName = z.literal("person").transform(() => "account" as const);

/**
 * Who holds a seat: a signed-in account, a guest, or a service, which is a program such as a recorder, a phone gateway or an agent.
 */
export const ParticipantKind = z.enum(["account", "guest", "service"]).or(formerName);
export type ParticipantKind = z.output<typeof ParticipantKind>;

/** Who can ask to join. A service is given its seat. */
export const EntrantKind = z.enum(["account", "guest"]).or(formerName);
export type EntrantKind = z.output<typeof EntrantKind>;
