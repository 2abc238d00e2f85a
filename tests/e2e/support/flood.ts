import { newAddress, newDeviceId } from "./ids.ts";
import { readStack } from "./stack.ts";

/** Requests of a flood that are under way at the same time. */
const AT_ONCE = 16;

/** What came of the knocks: `waiting`, `admitted`, or the code of the refusal, each with how often. */
export type Tally = Record<string, number>;

/**
 * Asks to enter without a cookie, as fast as it is answered: each time a new guest to the server.
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

/** Not by way of Playwright, whose requests cost the machine more than their answers do. */
async function knock(code: string, name: string, address: string): Promise<string> {
  const { baseUrl } = readStack();
  const response = await fetch(`${baseUrl}/api/rooms/${code}/entry`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(baseUrl).origin, "x-forwarded-for": address },
    body: JSON.stringify({ name, device: newDeviceId() }),
  });
  const body = (await response.json()) as { status?: string; error?: { code: string } };
  return body.status ?? body.error?.code ?? String(response.status);
}
