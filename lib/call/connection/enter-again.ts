import { asAppError } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import { EntryAnswer } from "#lib/lobby/lobby-schema.ts";
import { MeetingView } from "#lib/seats/seat-schema.ts";
import type { Deps } from "../deps.ts";
import type { EntryResult } from "./reconnect.ts";
import { type RoomAddress, createPost } from "#lib/seats/room-client.ts";

export type Place = RoomAddress & { device: DeviceId; name: () => string };

/** Asks for entry for somebody who was inside, and takes them back in. @throws AppError that says why they are out, too. */
export async function enterAgain(
  place: Place,
  deps: Pick<Deps, "api">,
  goIn: (admission: Admission) => Promise<void>,
): Promise<EntryResult> {
  const post = createPost(place, deps);
  // Whoever was removed while their connection was being made has only heard that it failed, and must not knock by that.
  await post("presence", {}, MeetingView).catch((error: unknown) => {
    if (asAppError(error).code !== "not_inside") throw error;
  });
  const body = { device: place.device, name: place.name(), intent: "enter" };
  const answer = await post("entry", body, EntryAnswer);
  switch (answer.status) {
    case "admitted":
      await goIn(answer);
      return { status: "inside" };
    case "waiting":
    case "again":
      // The seat has lapsed and a host decides anew; the screen offers to ask.
      return { status: "out", reason: "lost", code: "not_inside" };
    case "elsewhere":
      return { status: "out", reason: "moved", code: "moved" };
    default:
      return answer satisfies never;
  }
}
