import "server-only";
import type { Notice, Nudge } from "#lib/rooms/nudge-schema.ts";
import { nudge } from "#lib/seats/nudge-service.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { homeLegsOf } from "./enforcement-service.ts";
import type { Outcome } from "./moderation-repository.ts";

/** Notifies participants of what a host did to them, each once, on the leg where they publish. */
export async function tellPeople(
  legs: readonly Leg[],
  people: readonly { identity: string; homeLeg: string }[],
  notice: Notice,
): Promise<void> {
  const homes = [...new Set(people.map(({ homeLeg }) => homeLeg))];
  await Promise.all(
    homes.map((homeLeg) => {
      const identities = people.filter((person) => person.homeLeg === homeLeg).map(({ identity }) => identity);
      return nudge(homeLegsOf(legs, { homeLeg }), { kind: "notice", notice }, identities);
    }),
  );
}

/** Makes all participants ask again for settings, locks and roles. */
export async function tellRoom({ legs }: Pick<Outcome, "legs">): Promise<void> {
  await nudge(legs, { kind: "room" });
}

/** Makes the hosts ask again for the activity log and the list of bans. */
export async function tellHosts({ legs, hosts }: Pick<Outcome, "legs" | "hosts">, kind: "log" | "lobby" = "log") {
  const message: Nudge = { kind };
  // An empty list would address all participants.
  if (hosts.length > 0) await nudge(legs, message, hosts);
}
