"use client";
import { Mic, MicOff, Video, VideoOff, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import type { Person } from "#lib/call/meeting.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { cx } from "#components/ui/cx.ts";
import { QualitySign } from "#components/people/quality-sign.tsx";
import { roleName, rowLabel } from "#components/people/participant-label.ts";
import { PersonMenu } from "./person-menu.tsx";

/** One person: who, role, state, and what may be done. */
export const PersonRow = memo(function PersonRow({ person }: { person: Person }) {
  const t = useTranslations();
  const { name, isMe, kind } = person;
  const note = [roleName(t, person), kind === "guest" && t("people.guest")].filter(Boolean).join(" · ");
  return (
    <li className="flex min-h-13 items-center gap-3 rounded-control px-2">
      <span
        className={cx(
          "rounded-full",
          person.isSpeaking && person.isMicrophoneOn && "outline-2 outline-offset-2 outline-accent",
        )}
      >
        <Avatar name={name} size="small" />
      </span>
      <span className="min-w-0 grow leading-tight">
        {/* Eyes read the name and the signs; ears get one phrase with all of it. */}
        <span className="sr-only">{rowLabel(t, person)}</span>
        <span aria-hidden="true" dir="auto" className="block truncate text-left text-[0.9375rem]">
          {isMe ? t("people.nameOfMe", { name }) : name}
        </span>
        {note !== "" && (
          <span aria-hidden="true" className="block text-sm text-ink-soft">
            {note}
          </span>
        )}
      </span>
      {person.isSharing && <Badge tone="accent">{t("people.sharing")}</Badge>}
      <Signs person={person} />
      <PersonMenu person={person} />
    </li>
  );
});

const SIGN = "size-4.5";

function Signs({ person: { quality, isMicrophoneOn, isSharingSound, isCameraOn } }: { person: Person }) {
  const Silent = isSharingSound ? Volume2 : MicOff;
  return (
    <span aria-hidden="true" className="flex shrink-0 items-center gap-2 text-ink-soft">
      <QualitySign quality={quality} className={`${SIGN} text-ink`} />
      {isCameraOn ? <Video className={SIGN} /> : <VideoOff className={cx(SIGN, "opacity-70")} />}
      {isMicrophoneOn ? <Mic className={SIGN} /> : <Silent className={cx(SIGN, "opacity-70")} />}
    </span>
  );
}
