"use client";
import { Video } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
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
import type { Texts } from "#components/texts/texts.ts";

/** The rooms I host, those with people inside first. */
export function MyMeetings({ rooms, feed }: { rooms: MyRoomsState; feed: MyRoomsFeed }) {
  const t = useTranslations();
  const [roomToDelete, setRoomToDelete] = useState<MyRoom>();
  return (
    <section
      aria-labelledby="my-meetings"
      aria-busy={rooms.status === "loading"}
      className="flex min-w-0 flex-col gap-4"
    >
      <h2 id="my-meetings" className="text-lg font-semibold">
        {t("home.myMeetings")}
      </h2>
      <Content rooms={rooms} onRetry={() => void feed.refresh()} onDelete={setRoomToDelete} />
      {roomToDelete && (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setRoomToDelete(undefined)}
          title={t("home.deleteTitle", { name: roomName(roomToDelete) })}
          description={t("home.deleteNote", { count: roomToDelete.insideCount, code: roomToDelete.code })}
          confirmLabel={t("home.deleteConfirm")}
          onConfirm={() => deleteRoom(t, feed, roomToDelete)}
        />
      )}
    </section>
  );
}

async function deleteRoom(t: Texts, feed: MyRoomsFeed, room: MyRoom): Promise<void> {
  const name = isolate(roomName(room));
  try {
    await feed.remove(room.code);
    toast(t("home.deleted", { name }));
  } catch {
    toast(t("home.deleteFailed", { name }), { description: t("common.silentForNow") });
  }
}

const SMALL_CODE = { small: (code: ReactNode) => <code className="text-sm">{code}</code> };

type ContentProps = { rooms: MyRoomsState; onRetry: () => void; onDelete: (room: MyRoom) => void };

function Content({ rooms, onRetry, onDelete }: ContentProps) {
  const t = useTranslations();
  if (rooms.status === "loading") return <LoadingRows />;
  if (rooms.status === "failed")
    return (
      <Banner
        tone="attention"
        title={t("home.loadFailed")}
        actions={
          <Button size="small" onClick={onRetry}>
            {t("common.tryAgain")}
          </Button>
        }
      >
        {t.rich("home.loadFailedNote", { code: rooms.code, ...SMALL_CODE })}
      </Banner>
    );
  if (rooms.rooms.length === 0) return <Nothing />;
  return (
    <>
      {rooms.isStale && <Banner>{t("home.stale")}</Banner>}
      <ul className="divide-y divide-line overflow-hidden rounded-surface border border-line bg-surface">
        {rooms.rooms.map((room) => (
          <MeetingRow key={room.code} room={room} onDelete={() => onDelete(room)} />
        ))}
      </ul>
    </>
  );
}

function LoadingRows() {
  const t = useTranslations();
  return (
    <div role="status" className="divide-y divide-line rounded-surface border border-line bg-surface">
      <span className="sr-only">{t("home.loading")}</span>
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
  const t = useTranslations();
  return (
    <div className="flex flex-col items-start gap-3 rounded-surface border border-dashed border-line-strong p-8">
      <Video aria-hidden="true" className="size-6 text-ink-soft" />
      <p className="font-semibold">{t("home.none")}</p>
      <p className="text-ink-soft">{t("home.noneNote")}</p>
    </div>
  );
}
