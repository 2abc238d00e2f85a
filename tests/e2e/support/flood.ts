import { newAddress, newDeviceId } from "./ids.ts";
import { readStack } from "./stack.ts";

/** Requests of a flood that are under way at the same time. */
const AT_ONCE = 16;

/** What came of the knocks: `waiting`, `admitted`, or the code of the refusal, each with how often. */
export type Tally = Record<string, number>;

/**
 * Asks to enter as fast as it is answered, each time as a new guest to the server.
 *
 * @param addresses - The requests come from so many network addresses in turn.
 */
export async function flood(code: string, knocks: number, addresses: number): Promise<Tally> {
  const sources = Array.from({ length: addresses }, newAddress);
  const tally: Tally = {};
  let sent = 0;
  const oneByOne = async () => {
    for (let number = sent++; number < knocks; number = sent++) {
      const outcome = await knock(code, `Bot ${number}`, sources[number % addresses] ?? "");
      tally[outcome] = (tally[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
  return tally;
}

/** A guest without a pass gets one first, and asks again with it. */
async function knock(code: string, name: string, address: string): Promise<string> {
  const body = JSON.stringify({ name, device: newDeviceId() });
  const first = await post(code, address, body);
  if (first.outcome !== "again") return first.outcome;
  return (await post(code, address, body, first.cookie)).outcome;
}

/** Without Playwright, whose requests cost the machine more than their answers do. */
async function post(code: string, address: string, body: string, cookie = "") {
  const { baseUrl } = readStack();
  const headers = { "content-type": "application/json", origin: new URL(baseUrl).origin, "x-forwarded-for": address };
  const response = await fetch(`${baseUrl}/api/rooms/${code}/entry`, {
    method: "POST",
    headers: { ...headers, cookie },
    body,
  });
  const answer = (await response.json()) as { status?: string; error?: { code: string } };
  return {
    outcome: answer.status ?? answer.error?.code ?? String(response.status),
    cookie: response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; "),
  };
}
