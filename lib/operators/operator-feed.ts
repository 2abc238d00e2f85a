import { api } from "#lib/http/api-client.ts";
import { AccountId } from "#lib/ids.ts";
import { findRoomCode } from "#lib/rooms/find-room-code.ts";
import { AccountUse, ActionDone, FoundRoom, type OperatorAction } from "./operator-schema.ts";

/** Runs one action of an operator. @throws AppError as the API answers */
export async function actAsOperator(action: OperatorAction): Promise<void> {
  await api("/api/status/actions", { method: "POST", body: action, answer: ActionDone });
}

/** @throws AppError as the API answers */
export function readAccount(account: AccountId): Promise<AccountUse> {
  return api(`/api/status/accounts/${account}`, { answer: AccountUse });
}

/**
 * The account that an operator searches for, by its id or by a meeting's link.
 *
 * @returns undefined for a text that is neither.
 * @throws AppError as the API answers; `room_unknown` for a link that leads to no room.
 */
export async function findAccount(text: string): Promise<Partial<FoundRoom> | undefined> {
  const account = AccountId.safeParse(text.trim()).data;
  if (account) return { account };
  const code = findRoomCode(text);
  return code && api(`/api/status/rooms/${code}`, { answer: FoundRoom });
}
