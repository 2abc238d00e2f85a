import "server-only";
import { TrackSource } from "livekit-server-sdk";
import { media } from "#lib/livekit/admin-client.ts";
import { log } from "#lib/log.ts";
import { type Publishing, withoutSources } from "#lib/tokens/grants.ts";
import { hasShareSoundAlone } from "./track-rule.ts";

/**
 * A share begins and ends with two tracks, which come and go within this time, in milliseconds: the picture has to be encoded
 * before LiveKit has it.
 */
const APART_MS = 1_500;

/** Those that are looked at just now: a sweep and an event may find the same. */
const looking = new Set<string>();

/**
 * Ends the sound of a share that has no picture beside it: a voice under another name. The right to send it is taken and given
 * back, since LiveKit ends what is not permitted; muted by us, a client could unmute itself.
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
