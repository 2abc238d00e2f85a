"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { readName } from "#lib/rooms/display-name.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { NameField } from "#components/layout/name-field.tsx";
import { entryLabel, entryNote } from "./entry-text.ts";

type EntryFormProps = {
  card: RoomCard;
  isAsking: boolean;
  guestName: string;
  onGuestName: (name: string) => void;
  onEnter: () => void;
};

/** Says who I am and asks to come in. */
export function EntryForm({ card, isAsking, guestName, onGuestName, onEnter }: EntryFormProps) {
  const t = useTranslations();
  const [isNameWrong, setNameWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isNameGood = card.signedInAs !== undefined || "name" in readName(guestName);
    setNameWrong(!isNameGood);
    if (isNameGood && !isAsking) onEnter();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {card.signedInAs === undefined ? (
        <NameField name={guestName} isProblemShown={isNameWrong} onChange={onGuestName} />
      ) : (
        <SignedInAs name={card.signedInAs} />
      )}
      <div className="flex flex-col gap-3">
        <Button type="submit" tone="primary" size="large" isBusy={isAsking} className="w-full">
          {t(entryLabel(card))}
        </Button>
        <p className="text-sm text-ink-soft">{t(entryNote(card))}</p>
      </div>
      {card.signedInAs === undefined && (
        <p className="text-sm text-ink-soft">
          {t("door.haveAccount")}{" "}
          <Link
            className="inline-flex min-h-11 items-center font-semibold text-accent-ink underline underline-offset-4"
            href={`/sign-in?callbackUrl=${encodeURIComponent(meetingPath(card.code))}`}
          >
            {t("door.signInInstead")}
          </Link>
        </p>
      )}
    </form>
  );
}

function SignedInAs({ name }: { name: string }) {
  const t = useTranslations();
  return (
    <div className="flex items-center gap-3">
      <Avatar name={name} />
      <p className="min-w-0">
        <span className="block text-sm text-ink-soft">{t("door.seenAs")}</span>
        <span dir="auto" className="block truncate text-left font-semibold">
          {name}
        </span>
      </p>
    </div>
  );
}
