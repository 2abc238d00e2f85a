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
 * Makes LiveKit follow the state in Redis. Nothing here throws: webhooks and the sweep repeat what failed.
 *
 * Every method acts on `identity` and on its duplicates `identity#…`.
 */
export type Enforcement = ReturnType<typeof createEnforcement>;

/** Concurrent calls to one media server, so that a full meeting does not open a hundred connections. */
const AT_MOST = 16;

export function createEnforcement(mediaOf: (site: string) => Media = media) {
  return {
    /** Mutes what a participant publishes from these sources. */
    async mute(legs: readonly Leg[], person: Person, sources: readonly TrackSource[]): Promise<void> {
      const isTarget = ({ identity }: ParticipantInfo) => seatIdentityOf(identity) === person.identity;
      await Promise.all(legsWith(legs, person).map((leg) => muteWhere(mediaOf, leg, isTarget, sources)));
    },

    /** Mutes the audio of all but `exempt`, including participants that only LiveKit knows. */
    async muteAll(legs: readonly Leg[], exempt: ReadonlySet<string>): Promise<void> {
      const isTarget = ({ identity }: ParticipantInfo) => !exempt.has(seatIdentityOf(identity));
      await Promise.all(live(legs).map((leg) => muteWhere(mediaOf, leg, isTarget, HEARD)));
    },

    /**
     * Ends a screen share. A muted share would stay on screen as a frozen picture. Instead we revoke the right to share and
     * give it back: LiveKit unpublishes tracks that are not permitted.
     */
    async stopShare(legs: readonly Leg[], person: Person, locks: SourceLocks): Promise<void> {
      await Promise.all(legsWith(legs, person).map((leg) => stopShareOn(mediaOf, leg, person, locks)));
    },

    /** Grants each participant what their role and the locks allow, on all legs. LiveKit unpublishes the rest. */
    async applyRights(legs: readonly Leg[], people: readonly Person[], locks: SourceLocks): Promise<void> {
      const pairs = people.flatMap((person) => legsWith(legs, person).map((leg) => ({ leg, person })));
      await inParallel(pairs, AT_MOST, ({ leg, person: { identity, role, homeLeg } }) =>
        attempt("rights", () => {
          const permission = rightsOn(leg.leg === homeLeg, role, locks);
          return mediaOf(leg.site).updateParticipant(leg.room, identity, { permission, attributes: { role } });
        }),
      );
    },

    /** Sets the `hand` attribute; `""` lowers the hand. */
    async showHands(legs: readonly Leg[], people: readonly Pick<Person, "identity">[], hand: string): Promise<void> {
      const pairs = live(legs).flatMap((leg) => people.map(({ identity }) => ({ leg, identity })));
      await inParallel(pairs, AT_MOST, ({ leg, identity }) =>
        attempt("hand", () => mediaOf(leg.site).updateParticipant(leg.room, identity, { attributes: { hand } })),
      );
    },

    /** Disconnects seats and their duplicates from every leg, including closed ones. */
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

/** The legs on which a participant can be publishing. That is two legs while they move home. A closed leg counts until they have moved. */
function legsWith(legs: readonly Leg[], { homeLeg }: Pick<Person, "homeLeg">): Leg[] {
  return legs.filter(({ leg, state }) => state === "live" || leg === homeLeg);
}

async function attempt(what: string, call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    log("warn", "moderation.not-enforced", { what, error: describeError(error) });
  }
}
