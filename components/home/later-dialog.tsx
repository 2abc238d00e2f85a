"use client";
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
  const [createdRoom, setCreatedRoom] = useState<OpenedRoom & { title: string }>();
  const change = (next: boolean) => {
    onOpenChange(next);
    if (!next) setCreatedRoom(undefined);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={change}
      title={createdRoom ? "Your link is ready" : "Create a link for later"}
      description={
        createdRoom
          ? "Share it with the people you’re inviting. Open it yourself to start the meeting."
          : "You can use the link as often as you like."
      }
      actions={createdRoom && <Button onClick={() => change(false)}>Done</Button>}
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
  const [title, setTitle] = useState("");
  const { isOpening, open } = useOpenRoom((room) => onCreated({ ...room, title: title.trim() }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isOpening) open(title.trim() || undefined);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField
        label="Meeting name (optional)"
        value={title}
        onChange={(event) => setTitle(event.target.value.replaceAll(/[<>]/g, ""))}
        maxLength={80}
        autoComplete="off"
        hint="Shown in the meeting and in invitations."
      />
      <Button type="submit" tone="primary" isBusy={isOpening} className="self-end">
        Create link
      </Button>
    </form>
  );
}
