import { expectSeeAndHear, meet } from "../../e2e/support/meetings.ts";
import { identityOf } from "../../e2e/support/livekit-admin.ts";
import { expectHomedAt } from "./homes.ts";
import { expect, type Person, type Regions, type Room } from "./simulation.ts";

/** Browser log messages about servers that are gone, and about those that answer in their place. */
export const GONE = /WebSocket|net::ERR|Failed to load resource|Failed to fetch|blocked by CORS policy/;

/** A host in the near region and a guest in the far one, each publishing in their own. */
export async function meetAcross({ near, far }: Regions, host: Person, guest: Person): Promise<Room> {
  const room = await meet(host, guest);
  await expectHomedAt(room, host.name, near);
  await expectHomedAt(room, guest.name, far);
  await expectSeeAndHear(room, host, guest);
  return room;
}

export function identitiesOf({ code }: Room, ...everybody: Person[]): Promise<string[]> {
  return Promise.all(everybody.map(({ name }) => identityOf(code, name)));
}

/** Each is still in the meeting exactly once, without a question on the screen. */
export async function expectUndisturbed(...everybody: Person[]): Promise<void> {
  for (const one of everybody) {
    await one.expectInside();
    await expect(one.page.getByRole("dialog")).toHaveCount(0);
    for (const other of everybody) await expect(one.tile(other === one ? "You" : other.name)).toHaveCount(1);
  }
}
