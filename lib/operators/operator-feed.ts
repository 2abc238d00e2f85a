import { api } from "#lib/http/api-client.ts";
import { isAccountId } from "#lib/id-forms.ts";
import type { AccountId } from "#lib/ids.ts";
import { findRoomCode } from "#lib/rooms/find-room-code.ts";
import type { AccountUse, FoundRoom, OperatorAction } from "./operator-schema.ts";

/** Runs one action of an operator. @throws AppError as the API answers */
export async function actAsOperator(action: OperatorAction): Promise<void> {
  await api("/api/status/actions", { method: "POST", body: action });
}

/** @throws AppError as the API answers */
export function readAccount(account: AccountId): Promise<AccountUse> {
  return api<AccountUse>(`/api/status/accounts/${account}`);
}

/**
 * The account that an operator searches for, by its id or by a meeting's link.
 *
 * @returns undefined for a text that is neither.
 * @throws AppError as the API answers; `room_unknown` for a link that leads to no room.
 */
export async function findAccount(text: string): Promise<Partial<FoundRoom> | undefined> {
  const account = text.trim();
  if (isAccountId(account)) return { account };
  const code = findRoomCode(text);
  return code && api<FoundRoom>(`/api/status/rooms/${code}`);
}
