import { RoomServiceClient, TrackSource } from "livekit-server-sdk";
import { legsOf } from "./redis.ts";
import { readStack } from "./stack.ts";

/** LiveKit asked directly, past the product: the judge of who is really inside. The first site's, unless one is named. */
export function livekit(name?: string): RoomServiceClient {
  const { sites } = readStack();
  const site = name === undefined ? sites[0] : sites.find(({ site: other }) => other === name);
  if (!site) throw new Error(`There is no site ${name}`);
  const { apiUrl, apiKey, apiSecret } = site;
  // Servers that are frozen must not hold up a story.
  return new RoomServiceClient(apiUrl, apiKey, apiSecret, { requestTimeout: 3 });
}

/** All participants that LiveKit lists in the meeting, hidden ones included; once per leg. */
export async function participantsOf(code: string) {
  const legs = await legsOf(code);
  const lists = await Promise.all(
    // A room that is gone is empty.
    legs.map(({ site, room }) =>
      livekit(site)
        .listParticipants(room)
        .catch(() => []),
    ),
  );
  return lists.flat();
}

export async function namesInside(code: string): Promise<string[]> {
  return (await participantsOf(code)).map(({ name }) => name).toSorted();
}

/** LiveKit's names for this person's connections: sids change with every connection. */
export async function sidsOf(code: string, name: string): Promise<string[]> {
  return (await participantsOf(code)).filter((participant) => participant.name === name).map(({ sid }) => sid);
}

export async function identityOf(code: string, name: string): Promise<string> {
  const found = (await participantsOf(code)).find((participant) => participant.name === name);
  if (!found) throw new Error(`LiveKit has no participant called ${name} in ${code}`);
  return found.identity;
}

/** The unmuted sources of a participant, in LiveKit's names. */
export async function publishedBy(code: string, name: string): Promise<string[]> {
  return (await participantsOf(code))
    .filter((participant) => participant.name === name)
    .flatMap(({ tracks }) => tracks.filter(({ muted }) => !muted).map(({ source }) => TrackSource[source]));
}

/** Mutes as our server does after a webhook: the browser learns it from LiveKit only. */
export async function muteEverything(code: string, name: string): Promise<void> {
  for (const { site, room } of await legsOf(code)) {
    for (const { identity, tracks, ...participant } of await livekit(site).listParticipants(room))
      if (participant.name === name)
        for (const { sid } of tracks) await livekit(site).mutePublishedTrack(room, identity, sid, true);
  }
}
