import { readStack } from "./stack.ts";

/** One Redis command by the back door: to look at what is stored, and to let time pass for what is stored. */
export async function redis<T = unknown>(...command: (string | number)[]): Promise<T> {
  const { url, token } = readStack().redis;
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(command),
  });
  const { result, error } = (await response.json()) as { result?: T; error?: string };
  if (error !== undefined) throw new Error(`Redis: ${error}`);
  return result as T;
}

export const roomKey = (code: string, name: string) => `veet:{${code}}:${name}`;

/** One of the LiveKit rooms that a meeting lives in. */
export type StoredLeg = { leg: string; site: string; room: string; state: string };

export async function legsOf(code: string): Promise<StoredLeg[]> {
  const fields = await redis<string[]>("HGETALL", roomKey(code, "legs"));
  return fields.flatMap((leg, at) => {
    if (at % 2 === 1) return [];
    const [site = "", room = "", state = ""] = (fields[at + 1] ?? "").split("|");
    return [{ leg, site, room, state }];
  });
}

/** The meeting's LiveKit rooms, home legs and all. */
export async function livekitRooms(code: string): Promise<string[]> {
  return (await legsOf(code)).map(({ room }) => room);
}
