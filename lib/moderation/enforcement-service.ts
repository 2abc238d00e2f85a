import "server-only";
import type { ParticipantInfo, TrackSource } from "livekit-server-sdk";
import { type Media, media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { SourceLocks } from "#lib/rooms/room.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { seatIdentityOf } from "#lib/seats/twins.ts";
import { inParallel } from "./in-parallel.ts";
import type { Person } from "./moderation-repository.ts";
import { HEARD, SHARED, rightsOn, rightsWithoutShare } from "./rights.ts";

/**
 * Makes LiveKit follow what Redis says. Nothing here throws: Redis has the truth, and webhooks and the sweep do again what failed.
 *
 * Every method acts on `identity` and its twins `identity#…`.
 */
export type Enforcement = ReturnType<typeof createEnforcement>;

/** Calls to one media server at a time, so that a full meeting does not ask for a hundred connections. */
const AT_MOST = 16;

export function createEnforcement(mediaOf: (site: string) => Media = media) {
  return {
    /** Mutes what a person publishes from these sources. */
    async mute(legs: readonly Leg[], person: Person, sources: readonly TrackSource[]): Promise<void> {
      const isTarget = ({ identity }: ParticipantInfo) => seatIdentityOf(identity) === person.identity;
      await Promise.all(legsWith(legs, person).map((leg) => muteWhere(mediaOf, leg, isTarget, sources)));
    },

    /** Mutes the sound of all but `exempt`, participants included that only LiveKit knows. */
    async muteAll(legs: readonly Leg[], exempt: ReadonlySet<string>): Promise<void> {
      const isTarget = ({ identity }: ParticipantInfo) => !exempt.has(seatIdentityOf(identity));
      await Promise.all(live(legs).map((leg) => muteWhere(mediaOf, leg, isTarget, HEARD)));
    },

    /**
     * Ends a screen share. A muted one would stand there as a frozen picture, so the right to share is taken and given back:
     * LiveKit unpublishes what is not permitted.
     */
    async stopShare(legs: readonly Leg[], person: Person, locks: SourceLocks): Promise<void> {
      await Promise.all(legsWith(legs, person).map((leg) => stopShareOn(mediaOf, leg, person, locks)));
    },

    /** Grants what each person's role and the locks allow, on all legs; what is published beyond that, LiveKit unpublishes. */
    async applyRights(legs: readonly Leg[], people: readonly Person[], locks: SourceLocks): Promise<void> {
      const pairs = people.flatMap((person) => legsWith(legs, person).map((leg) => ({ leg, person })));
      await inParallel(pairs, AT_MOST, ({ leg, person: { identity, role, homeLeg } }) =>
        attempt("rights", () => {
          const permission = rightsOn(leg.leg === homeLeg, role, locks);
          return mediaOf(leg.site).updateParticipant(leg.room, identity, { permission, attributes: { role } });
        }),
      );
    },

    /** Shows whether hands are up; `""` takes it down. */
    async showHands(legs: readonly Leg[], people: readonly Pick<Person, "identity">[], hand: string): Promise<void> {
      const pairs = live(legs).flatMap((leg) => people.map(({ identity }) => ({ leg, identity })));
      await inParallel(pairs, AT_MOST, ({ leg, identity }) =>
        attempt("hand", () => mediaOf(leg.site).updateParticipant(leg.room, identity, { attributes: { hand } })),
      );
    },

    /** Disconnects seats and their twins from every leg, closed ones included. */
    async disconnect(legs: readonly Leg[], identities: ReadonlySet<string>): Promise<void> {
      await Promise.all(legs.map((leg) => disconnectFrom(mediaOf, leg, identities)));
    },
  };
}

export const enforcement = createEnforcement();

async function disconnectFrom(
  mediaOf: (site: string) => Media,
  { site, room }: Leg,
  identities: ReadonlySet<string>,
): Promise<void> {
  const remove = (identity: string) =>
    attempt("disconnect", async () => {
      await mediaOf(site).removeParticipant(room, identity);
    });
  await Promise.all([
    ...[...identities].map(remove),
    attempt("disconnect", async () => {
      const here = await mediaOf(site).listParticipants(room);
      const twins = here.filter(
        ({ identity }) => identities.has(seatIdentityOf(identity)) && !identities.has(identity),
      );
      await Promise.all(twins.map(({ identity }) => remove(identity)));
    }),
  ]);
}

async function stopShareOn(
  mediaOf: (site: string) => Media,
  { leg, site, room }: Leg,
  person: Person,
  locks: SourceLocks,
): Promise<void> {
  await attempt("stop-share", async () => {
    const { updateParticipant, listParticipants } = mediaOf(site);
    for (const { identity, tracks } of await listParticipants(room)) {
      if (seatIdentityOf(identity) !== person.identity) continue;
      if (!tracks.some(({ source }) => SHARED.includes(source))) continue;
      await updateParticipant(room, identity, { permission: rightsWithoutShare(person.role, locks) });
      await updateParticipant(room, identity, { permission: rightsOn(leg === person.homeLeg, person.role, locks) });
    }
  });
}

async function muteWhere(
  mediaOf: (site: string) => Media,
  { site, room }: Leg,
  isTarget: (participant: ParticipantInfo) => boolean,
  sources: readonly TrackSource[],
): Promise<void> {
  await attempt("mute", async () => {
    const { listParticipants, muteTrack } = mediaOf(site);
    const tracks = (await listParticipants(room))
      .filter(isTarget)
      .flatMap(({ identity, tracks: published }) =>
        published
          .filter(({ source, muted }) => sources.includes(source) && !muted)
          .map(({ sid }) => ({ identity, sid })),
      );
    await inParallel(tracks, AT_MOST, ({ identity, sid }) => attempt("mute", () => muteTrack(room, identity, sid)));
  });
}

export function live(legs: readonly Leg[]): Leg[] {
  return legs.filter(({ state }) => state === "live");
}

/**
 * Where somebody may be publishing: while they move home that is two legs, and a leg that was closed is theirs until they moved.
 */
function legsWith(legs: readonly Leg[], { homeLeg }: Pick<Person, "homeLeg">): Leg[] {
  return legs.filter(({ leg, state }) => state === "live" || leg === homeLeg);
}

/** Where a person is told something: at home; everywhere when that leg is gone and the next is not known yet. */
export function homeLegsOf(legs: readonly Leg[], { homeLeg }: Pick<Person, "homeLeg">): Leg[] {
  const home = live(legs).filter(({ leg }) => leg === homeLeg);
  return home.length > 0 ? home : live(legs);
}

async function attempt(what: string, call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    log("warn", "moderation.not-enforced", { what, error: describeError(error) });
  }
}
