"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ErrorCode } from "#lib/errors.ts";
import type { RoomCode } from "#lib/ids.ts";
import type { Ask, EntryState } from "#lib/lobby/entry.ts";
import { savedName, saveName } from "#lib/call/saved-state.ts";
import type { RoomCardFeed, RoomCardState } from "#lib/rooms/room-card-feed.ts";
import { useEntryState } from "#components/entry/use-entry-state.ts";
import { refusalOf } from "./refusals.ts";
import { type EntryView, entryView } from "./entry-view.ts";
import { type InitialMedia, untilDevicesReady, applyInitialMedia } from "./initial-media.ts";
import { type EntryResources, useEntryResources } from "./use-entry-resources.ts";
import { useRoomCard } from "./use-room-card.ts";

export type EntryAttemptState = {
  view: EntryView;
  room: RoomCardState;
  resources: EntryResources | undefined;
  isAsking: boolean;
  guestName: string;
  setGuestName: (name: string) => void;
  ask: (ask?: Ask) => void;
  /** Turns away from an answer: the green room shows again. */
  dismiss: () => void;
  /** After a refusal: reloads the room, and asks again if the reason can have passed. */
  again: () => Promise<void>;
};

const ASKING: EntryState = { status: "asking" };
const IDLE: EntryState = { status: "idle" };

/**
 * One attempt to enter, from looking the meeting up to joining or being refused.
 *
 * @param read - A refusal that the user has just read and decided to act on; it is not shown again.
 */
export function useEntryAttempt(
  code: RoomCode,
  initialMedia: InitialMedia,
  isReturning: boolean,
  read?: ErrorCode,
): EntryAttemptState {
  const { room, roomFeed } = useRoomCard(code);
  const resources = useEntryResources(code);
  const answer = useEntryState(resources?.feed);
  const [guestName, setGuestName] = useState(() => savedName() ?? "");
  const [dismissed, setDismissed] = useState<EntryState>();
  const [isReadying, setReadying] = useState(false);
  const [isReady, setReady] = useState(false);
  const seen = isReadying ? ASKING : answer === dismissed && answer ? IDLE : answer;
  // The first request tells whether this guest is already waiting; nothing is shown before.
  const entry = isReady ? seen : undefined;

  const ask = async (more: Ask = {}) => {
    if (!resources) return;
    const card = room.status === "ready" ? room.card : undefined;
    if (!card?.signedInAs) saveName(guestName.trim());
    setReadying(true);
    await untilDevicesReady(resources.preview);
    setReadying(false);
    const restart = card?.isHost && (card.state === "ended" || isEndedAnswer(answer));
    const name = card?.signedInAs ? "" : guestName.trim();
    await resources.feed.ask({ ...(name && { name }), ...(restart && { restart }), ...more });
  };

  useOnReady(room.status === "ready" ? resources : undefined, async ({ preview, feed, probe }) => {
    if (room.status === "ready") probe.start(room.card.regions ?? []);
    const devicesReady = applyInitialMedia(preview, initialMedia);
    // A returning participant comes back with the same devices on; for others the camera starts while the server is asked.
    await (isReturning ? devicesReady.then(() => void ask()) : feed.resume());
    const now = feed.state.getSnapshot();
    if (now.status === "refused" && now.code === read) setDismissed(now);
    setReady(true);
  });
  return {
    view: entryView(room, entry, isReturning),
    room,
    resources,
    isAsking: entry?.status === "asking",
    guestName,
    setGuestName,
    ask: (more) => void ask(more),
    dismiss: () => setDismissed(answer),
    again: () =>
      retry(
        roomFeed,
        answer,
        () => ask(),
        () => setDismissed(answer),
      ),
  };
}

/** Once for each door with a room behind it. */
function useOnReady(resources: EntryResources | undefined, arrive: (resources: EntryResources) => Promise<void>): void {
  const onReady = useEffectEvent(arrive);
  const readyWith = useRef<EntryResources>(undefined);
  useEffect(() => {
    // React may run this a second time for the same door; asking for entry twice would be two requests.
    if (!resources || readyWith.current === resources) return;
    readyWith.current = resources;
    void onReady(resources);
  }, [resources]);
}

async function retry(
  roomFeed: RoomCardFeed,
  answer: EntryState | undefined,
  ask: () => Promise<void>,
  dismiss: () => void,
): Promise<void> {
  await roomFeed.reload();
  if (answer?.status !== "refused") return;
  if (refusalOf(answer.code).retrySeconds === undefined) dismiss();
  else await ask();
}

function isEndedAnswer(answer: EntryState | undefined): boolean {
  return answer?.status === "refused" && answer.code === "room_ended";
}
