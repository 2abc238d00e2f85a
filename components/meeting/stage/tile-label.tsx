import { Crown, Hand, MicOff, MonitorUp, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Person } from "#lib/call/meeting.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { QualitySign } from "#components/people/quality-sign.tsx";

const PILL = "flex h-7 max-w-full min-w-0 items-center gap-1.5 rounded-full bg-scrim px-2.5 text-sm font-medium";
const ICON = "size-4 shrink-0";

/** Name and state at the lower edge of a tile. The tile's own name says the same, so this is for eyes only. */
export function TileLabel({ person, kind }: { person: Person; kind: "person" | "share" }) {
  const t = useTranslations();
  const { isMe, name, isMicrophoneOn, isSharingSound, role } = person;
  const Silent = isSharingSound ? Volume2 : MicOff;
  const nameOfMe = kind === "share" ? t("people.yourScreen") : t("people.nameOfMe", { name });
  const shown = isMe ? nameOfMe : name;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-2 bottom-2 flex min-w-0 items-end gap-1.5 @max-[9rem]:inset-x-1 @max-[9rem]:bottom-1"
    >
      <span className={PILL}>
        {kind === "share" ? <MonitorUp className={ICON} /> : !isMicrophoneOn && <Silent className={ICON} />}
        {kind === "person" && isModerator(role) && <Crown className={`${ICON} @max-[9rem]:hidden`} />}
        <span dir="auto" className="min-w-0 truncate">
          {shown}
        </span>
        {kind === "person" && person.kind === "guest" && (
          <span className="shrink-0 font-normal text-on-stage-soft @max-[12rem]:hidden">{t("people.guest")}</span>
        )}
      </span>
      {kind === "person" && <TileState person={person} />}
    </div>
  );
}

function TileState({ person: { handRaisedAtMs, quality } }: { person: Person }) {
  return (
    <>
      {handRaisedAtMs !== undefined && (
        <span className="grid size-7 shrink-0 place-items-center rounded-full bg-accent text-on-accent">
          <Hand className={ICON} />
        </span>
      )}
      {(quality === "poor" || quality === "lost") && (
        <span className="grid size-7 shrink-0 place-items-center rounded-full bg-scrim">
          <QualitySign quality={quality} className={ICON} />
        </span>
      )}
    </>
  );
}
