"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { OpenedRoom } from "#lib/rooms/room-schema.ts";
import { SharePanel } from "#components/share/share-panel.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { useOpenRoom } from "./use-open-room.ts";

type LaterDialogProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onCreated: () => void };

/** Makes a link without starting the meeting, then hands it out. */
export function LaterDialog({ isOpen, onOpenChange, onCreated }: LaterDialogProps) {
  const t = useTranslations();
  const [createdRoom, setCreatedRoom] = useState<OpenedRoom & { title: string }>();
  const change = (next: boolean) => {
    onOpenChange(next);
    if (!next) setCreatedRoom(undefined);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={change}
      title={t(createdRoom ? "home.linkReady" : "home.createLink")}
      description={t(createdRoom ? "home.linkReadyNote" : "home.createLinkNote")}
      actions={createdRoom && <Button onClick={() => change(false)}>{t("home.done")}</Button>}
    >
      {createdRoom ? (
        <SharePanel {...createdRoom} />
      ) : (
        <TitleForm
          onCreated={(room) => {
            setCreatedRoom(room);
            onCreated();
          }}
        />
      )}
    </Dialog>
  );
}

function TitleForm({ onCreated }: { onCreated: (room: OpenedRoom & { title: string }) => void }) {
  const t = useTranslations();
  const [title, setTitle] = useState("");
  const { isOpening, open } = useOpenRoom((room) => onCreated({ ...room, title: title.trim() }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isOpening) open(title.trim() || undefined);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField
        label={t("home.nameLabel")}
        value={title}
        onChange={(event) => setTitle(event.target.value.replaceAll(/[<>]/g, ""))}
        maxLength={80}
        autoComplete="off"
        hint={t("home.nameHint")}
      />
      <Button type="submit" tone="primary" isBusy={isOpening} className="self-end">
        {t("home.create")}
      </Button>
    </form>
  );
}
