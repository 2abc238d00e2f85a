"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ErrorCode } from "#lib/errors.ts";
import type { RoomCode } from "#lib/ids.ts";
import type { Ask, EntryState } from "#lib/lobby/entry.ts";
import { savedName, saveName } from "#lib/call/saved-state.ts";
import type { RoomCardFeed, RoomCardState } from "#lib/rooms/room-card-feed.ts";
import { useOptionalEntry } from "#components/lobby/use-entry.ts";
import { refusalOf } from "./refusals.ts";
import { type DoorView, doorView } from "./door-view.ts";
import { type Wish, settled, switchOn } from "./ready-devices.ts";
import { type Door, useDoor } from "./use-door.ts";
import { useRoomCard } from "./use-room-card.ts";

export type Visit = {
  view: DoorView;
  room: RoomCardState;
  door: Door | undefined;
  isAsking: boolean;
  guestName: string;
  setGuestName: (name: string) => void;
  ask: (ask?: Ask) => void;
  /** Turns away from an answer: the green room shows again. */
  dismiss: () => void;
  /** After a refusal: looks again, and asks again where the refusal may have passed by itself. */
  again: () => Promise<void>;
};

const ASKING: EntryState = { status: "asking" };
const IDLE: EntryState = { status: "idle" };

/**
 * One coming to the door: from looking the meeting up to being let in or sent away.
 *
 * @param read - A refusal that the user has just read and decided to act on; it is not shown again.
 */
export function useVisit(code: RoomCode, wish: Wish, isReturning: boolean, read?: ErrorCode): Visit {
  const { room, roomFeed } = useRoomCard(code);
  const door = useDoor(code);
  const answer = useOptionalEntry(door?.feed);
  const [guestName, setGuestName] = useState(() => savedName() ?? "");
  const [dismissed, setDismissed] = useState<EntryState>();
  const [isReadying, setReadying] = useState(false);
  const [isArrived, setArrived] = useState(false);
  const seen = isReadying ? ASKING : answer === dismissed && answer ? IDLE : answer;
  // Whether somebody waits already is known after the first question; until then nothing is shown that might be wrong.
  const entry = isArrived ? seen : undefined;

  const ask = async (more: Ask = {}) => {
    if (!door) return;
    const card = room.status === "ready" ? room.card : undefined;
    if (!card?.signedInAs) saveName(guestName.trim());
    setReadying(true);
    await settled(door.preview);
    setReadying(false);
    const restart = card?.isHost && (card.state === "ended" || isEndedAnswer(answer));
    const name = card?.signedInAs ? "" : guestName.trim();
    await door.feed.ask({ ...(name && { name }), ...(restart && { restart }), ...more });
  };

  useArrival(room.status === "ready" ? door : undefined, async ({ preview, feed, probe }) => {
    if (room.status === "ready") probe.start(room.card.regions ?? []);
    const lights = switchOn(preview, wish);
    // Who was inside comes back with the camera on that was on; everybody else is asked about the camera meanwhile.
    await (isReturning ? lights.then(() => void ask()) : feed.resume());
    const now = feed.state.getSnapshot();
    if (now.status === "refused" && now.code === read) setDismissed(now);
    setArrived(true);
  });
  return {
    view: doorView(room, entry, isReturning),
    room,
    door,
    isAsking: entry?.status === "asking",
    guestName,
    setGuestName,
    ask: (more) => void ask(more),
    dismiss: () => setDismissed(answer),
    again: () =>
      lookAgain(
        roomFeed,
        answer,
        () => ask(),
        () => setDismissed(answer),
      ),
  };
}

/** Once for each door with a room behind it. */
function useArrival(door: Door | undefined, arrive: (door: Door) => Promise<void>): void {
  const onArrival = useEffectEvent(arrive);
  const arrivedAt = useRef<Door>(undefined);
  useEffect(() => {
    // React may run this a second time for the same door; asking for entry twice would be two requests.
    if (!door || arrivedAt.current === door) return;
    arrivedAt.current = door;
    void onArrival(door);
  }, [door]);
}

async function lookAgain(
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
