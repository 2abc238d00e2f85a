import { AppError } from "#lib/errors.ts";
import type { api } from "#lib/http/api-client.ts";
import type { DeviceId } from "#lib/ids.ts";
import { whenLeft } from "#lib/seats/leaving.ts";
import type { Ask } from "./entry.ts";
import type { EntryAnswer, PageState, TicketAnswer } from "./lobby-schema.ts";

export type EntryAddress = {
  path: string;
  headers: Record<string, string>;
  device: DeviceId;
  /** Round-trip times to the regions measured so far. */
  rtts: () => Record<string, number>;
};

/** The API requests of the entry flow. All throw AppError with the server's code. */
export function createEntryClient({ path, headers, device, rtts }: EntryAddress, ask: typeof api) {
  const ticket = `${path}/ticket`;
  const post = async (request: Ask) => {
    await whenLeft();
    return ask<EntryAnswer>(`${path}/entry`, { method: "POST", body: { ...request, device, rtts: rtts() }, headers });
  };
  return {
    /**
     * A guest without a pass gets one with the first answer, and asks once more with it.
     *
     * @returns undefined when `isWanted` is false by then.
     * @throws AppError `cookies_blocked` when the browser did not send the pass back.
     */
    async enter(request: Ask, isWanted: () => boolean) {
      const first = await post(request);
      if (first.status !== "again") return first;
      const second = isWanted() ? await post(request) : undefined;
      if (second?.status === "again") throw new AppError("cookies_blocked");
      return second;
    },
    readTicket: (wantsPush: boolean) => ask<TicketAnswer>(`${ticket}${wantsPush ? "?push=1" : ""}`, { headers }),
    rename: (name: string) => ask<unknown>(ticket, { method: "PATCH", body: { name }, headers }),
    /** Completes even when the page closes. */
    reportPage: (page: PageState, atMs: number) =>
      ask<TicketAnswer>(ticket, { method: "PATCH", body: { page, atMs }, headers, keepalive: true }),
    withdraw: () => ask<unknown>(ticket, { method: "DELETE", headers, keepalive: true }),
  };
}
