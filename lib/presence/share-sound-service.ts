import "server-only";
import { TrackSource } from "livekit-server-sdk";
import { media } from "#lib/livekit/admin-client.ts";
import { log } from "#lib/log.ts";
import { type Publishing, withoutSources } from "#lib/tokens/grants.ts";
import { hasShareSoundAlone } from "./track-rule.ts";

/**
 * The two tracks of a share start and end within this time of each other, in milliseconds. LiveKit gets the picture only once it is
 * encoded.
 */
const APART_MS = 1_500;

/** Checks under way: a sweep and an event can find the same share. */
const looking = new Set<string>();

/**
 * Ends share audio without a picture: it is a voice under another name. The right to send it is revoked and given back, because
 * LiveKit ends tracks that are not permitted. After a mute by us, the client could unmute itself.
 *
 * @throws AppError `media_unavailable`
 */
export async function endShareSoundAlone(
  site: string,
  room: string,
  identity: string,
  rights: Publishing,
): Promise<void> {
  const key = `${room} ${identity}`;
  if (looking.has(key)) return;
  looking.add(key);
  try {
    const isAlone = async () => hasShareSoundAlone((await media(site).getParticipant(room, identity))?.tracks ?? []);
    if (!(await isAlone())) return;
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
    if (!(await isAlone())) return;
    log("info", "presence.share-sound-alone", { room, identity });
    const without = withoutSources(rights, [TrackSource.SCREEN_SHARE_AUDIO]);
    await media(site).updateParticipant(room, identity, { permission: without });
    await media(site).updateParticipant(room, identity, { permission: rights });
  } finally {
    looking.delete(key);
  }
}
