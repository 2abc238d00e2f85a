"use client";
import { Check, Copy, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { meetingPath, meetingUrl } from "#lib/rooms/room-links.ts";
import type { MyRoom } from "#lib/rooms/room-schema.ts";
import { useOrigin } from "#components/share/use-origin.ts";
import { useFormats } from "#components/texts/use-formats.ts";
import { Badge } from "#components/ui/badge.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useCopied } from "#components/ui/use-copied.ts";
import { activityText, roomName } from "./room-name.ts";

/** One of my rooms: its activity, its link, and a button to open it. */
export function MeetingRow({ room, onDelete }: { room: MyRoom; onDelete: () => void }) {
  const t = useTranslations();
  const name = roomName(room);
  const formats = useFormats();
  const now = activityText(t, room);
  return (
    <li className="flex flex-wrap items-center justify-end gap-1 py-4 pr-3 pl-5 sm:flex-nowrap">
      <div className="min-w-0 grow basis-full sm:basis-0">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <span dir="auto" className="truncate font-semibold">
            {name}
          </span>
          {now && (
            <Badge tone="accent">
              <span className="size-2 rounded-full bg-current" />
              {now}
            </Badge>
          )}
        </div>
        <p className="truncate text-sm text-ink-soft">
          {room.title && `${room.code} · `}
          <span suppressHydrationWarning>{t("home.expires", { date: formats.date(room.expiresAtMs) })}</span>
        </p>
      </div>
      <CopyLinkButton room={room} />
      <IconButton label={t("home.delete", { name })} icon={<Trash2 className="size-4.5" />} onClick={onDelete} />
      <Link
        href={meetingPath(room.code)}
        aria-label={t(room.isLive ? "home.joinNamed" : "home.openNamed", { name })}
        className={`${buttonClasses(room.isLive ? "primary" : "neutral", "small")} min-w-18`}
      >
        {t(room.isLive ? "home.join" : "home.open")}
      </Link>
    </li>
  );
}

function CopyLinkButton({ room }: { room: MyRoom }) {
  const t = useTranslations();
  const [state, copy] = useCopied();
  const url = meetingUrl(useOrigin(), room.code);
  return (
    <>
      <IconButton
        label={t("home.copyLink", { name: roomName(room) })}
        icon={state === "copied" ? <Check className="size-4.5" /> : <Copy className="size-4.5" />}
        onClick={() => copy(url)}
      />
      <span role="status" className="sr-only">
        {state === "copied" && t("home.linkCopied")}
        {state === "failed" && t("home.linkCopyFailed")}
      </span>
    </>
  );
}
