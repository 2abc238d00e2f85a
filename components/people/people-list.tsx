"use client";
import { Hand, MicOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Person } from "#lib/call/meeting.ts";
import { mayDo } from "#lib/moderation/powers.ts";
import { Button } from "#components/ui/button.tsx";
import { useCallState } from "#components/call-context/use-meeting.ts";
import { raisedHands } from "./hands.ts";
import { PersonRow } from "./person-row.tsx";
import { useModerate } from "./use-moderate.ts";

/** Raised hands in order, then all participants. */
export function PeopleList() {
  const t = useTranslations();
  const people = useCallState((call) => call.people);
  const hands = raisedHands(people);
  return (
    <>
      {hands.length > 0 && (
        <Part id="hands" title={t("people.hands", { count: hands.length })} action={<LowerAll />}>
          {hands.map((person, index) => (
            <HandRow key={person.identity} person={person} place={index + 1} />
          ))}
        </Part>
      )}
      <Part id="here" title={t("people.here", { count: people.length })} action={<MuteAll />}>
        {people.map((person) => (
          <PersonRow key={person.identity} person={person} />
        ))}
      </Part>
    </>
  );
}

type PartProps = { id: string; title: string; action: ReactNode; children: ReactNode };

function Part({ id, title, action, children }: PartProps) {
  return (
    <section aria-labelledby={`${id}-title`}>
      <div className="flex min-h-11 items-center justify-between gap-2 pl-2">
        <h3 id={`${id}-title`} className="text-sm font-semibold text-ink-soft">
          {title}
        </h3>
        {action}
      </div>
      <ul>{children}</ul>
    </section>
  );
}

function HandRow({ person, place }: { person: Person; place: number }) {
  const t = useTranslations();
  return (
    <li className="flex min-h-10 items-center gap-3 px-2 text-[0.9375rem]">
      <Hand aria-hidden="true" className="size-4.5 shrink-0 text-accent-ink" />
      <span dir="auto" className="min-w-0 grow truncate text-left">
        {person.isMe ? t("people.nameOfMe", { name: person.name }) : person.name}
      </span>
      <span aria-hidden="true" className="text-sm text-ink-soft tabular-nums">
        {place}
      </span>
    </li>
  );
}

function LowerAll() {
  const t = useTranslations();
  const moderate = useModerate();
  const mayLower = useCallState(({ myRole }) => mayDo(myRole, "lower-all-hands"));
  if (!mayLower) return null;
  return (
    <Button size="small" tone="quiet" onClick={() => void moderate({ action: "lower-all-hands" })}>
      {t("people.lowerAll")}
    </Button>
  );
}

function MuteAll() {
  const t = useTranslations();
  const moderate = useModerate();
  const mayMute = useCallState(({ myRole, people }) => mayDo(myRole, "mute-all") && people.length > 1);
  if (!mayMute) return null;
  return (
    <Button
      size="small"
      tone="quiet"
      icon={<MicOff className="size-4" />}
      onClick={() => void moderate({ action: "mute-all" }, t("people.mutedAll"))}
    >
      {t("people.muteAll")}
    </Button>
  );
}
