"use client";
import { Video } from "lucide-react";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { isolate } from "#components/ui/isolate.ts";
import type { MyRoomsFeed, MyRoomsState } from "#lib/rooms/my-rooms-feed.ts";
import type { MyRoom } from "#lib/rooms/room-schema.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { MeetingRow } from "./meeting-row.tsx";
import { roomName } from "./room-name.ts";

/** The rooms I host, those with people inside first. */
export function MyMeetings({ rooms, feed }: { rooms: MyRoomsState; feed: MyRoomsFeed }) {
  const [roomToDelete, setRoomToDelete] = useState<MyRoom>();
  return (
    <section
      aria-labelledby="my-meetings"
      aria-busy={rooms.status === "loading"}
      className="flex min-w-0 flex-col gap-4"
    >
      <h2 id="my-meetings" className="text-lg font-semibold">
        My meetings
      </h2>
      <Content rooms={rooms} onRetry={() => void feed.refresh()} onDelete={setRoomToDelete} />
      {roomToDelete && (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setRoomToDelete(undefined)}
          title={`Delete ${roomName(roomToDelete)}?`}
          description={deletionNote(roomToDelete)}
          confirmLabel="Delete meeting"
          onConfirm={() => deleteRoom(feed, roomToDelete)}
        />
      )}
    </section>
  );
}

function deletionNote({ code, insideCount }: MyRoom): string {
  const link = `The link ${code} will stop working for everyone. This can’t be undone.`;
  if (insideCount === 0) return link;
  return `${insideCount === 1 ? "One person is" : `${insideCount} people are`} in the meeting and will be disconnected. ${link}`;
}

async function deleteRoom(feed: MyRoomsFeed, room: MyRoom): Promise<void> {
  try {
    await feed.remove(room.code);
    toast(`Deleted ${isolate(roomName(room))}`);
  } catch {
    toast(`Couldn’t delete ${isolate(roomName(room))}`, { description: "Veet didn’t respond. Try again in a moment." });
  }
}

type ContentProps = { rooms: MyRoomsState; onRetry: () => void; onDelete: (room: MyRoom) => void };

function Content({ rooms, onRetry, onDelete }: ContentProps) {
  if (rooms.status === "loading") return <LoadingRows />;
  if (rooms.status === "failed")
    return (
      <Banner
        tone="attention"
        title="Couldn’t load your meetings"
        actions={
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        Veet didn’t respond. Your links still work. <code className="text-sm">{rooms.code}</code>
      </Banner>
    );
  if (rooms.rooms.length === 0) return <Nothing />;
  return (
    <>
      {rooms.isStale && <Banner>This list may be out of date. Veet didn’t respond.</Banner>}
      <ul className="divide-y divide-line overflow-hidden rounded-surface border border-line bg-surface">
        {rooms.rooms.map((room) => (
          <MeetingRow key={room.code} room={room} onDelete={() => onDelete(room)} />
        ))}
      </ul>
    </>
  );
}

function LoadingRows() {
  return (
    <div role="status" className="divide-y divide-line rounded-surface border border-line bg-surface">
      <span className="sr-only">Loading your meetings</span>
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-[5.25rem] items-center gap-4 px-5">
          <div className="flex grow flex-col gap-2">
            <Skeleton className="h-5 w-40" />
            <Skeleton className="h-4 w-56 max-w-full" />
          </div>
          <Skeleton className="h-9 w-16" />
        </div>
      ))}
    </div>
  );
}

function Nothing() {
  return (
    <div className="flex flex-col items-start gap-3 rounded-surface border border-dashed border-line-strong p-8">
      <Video aria-hidden="true" className="size-6 text-ink-soft" />
      <p className="font-semibold">No meetings yet</p>
      <p className="text-ink-soft">Meetings you create appear here until they expire or you delete them.</p>
    </div>
  );
}
