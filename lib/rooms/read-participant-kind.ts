import type { ParticipantKind } from "./participant-kind.ts";

/**
 * The same as the schema `ParticipantKind`, without a schema library, because it runs in every participant's browser.
 *
 * @returns undefined for what is no kind.
 */
export function readParticipantKind(value: unknown): ParticipantKind | undefined {
  if (value === "person") return "account";
  return value === "account" || value === "guest" || value === "service" ? value : undefined;
}
