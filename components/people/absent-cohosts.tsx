"use client";
import { useTranslations } from "next-intl";
import { mayDo } from "#lib/moderation/powers.ts";
import { Button } from "#components/ui/button.tsx";
import { useCallState, useRecord } from "#components/call-context/use-meeting.ts";
import { Foldable, useIsUnfolded } from "./foldable.tsx";
import { useModerate } from "./use-moderate.ts";

/** Co-hosts who left and would come back as co-hosts, for hosts. Read from the server while it is open only. */
export function AbsentCohosts() {
  const t = useTranslations();
  const isOpen = useIsUnfolded("cohosts");
  const mayDemote = useCallState(({ myRole }) => mayDo(myRole, "unmake-cohost", { role: "cohost", isSelf: false }));
  if (!mayDemote) return null;
  return (
    <Foldable fold="cohosts" title={t("people.cohosts")}>
      {isOpen && <Absent />}
    </Foldable>
  );
}

function Absent() {
  const t = useTranslations();
  const moderate = useModerate();
  const { absentCohosts, isStale } = useRecord();
  return (
    <>
      {isStale && <p className="text-sm text-ink-soft">{t("people.stale")}</p>}
      {absentCohosts.length === 0 && <p className="text-sm text-ink-soft">{t("people.noCohosts")}</p>}
      <ul>
        {absentCohosts.map(({ identity, name }) => (
          <li key={identity} className="flex min-h-12 items-center justify-between gap-3">
            <span className="min-w-0 truncate text-[0.9375rem]">{name}</span>
            <Button
              size="small"
              aria-label={t("people.removeCohostNamed", { name })}
              onClick={() =>
                void moderate({ action: "unmake-cohost", identity }, t("people.actions.unmake-cohost.done", { name }))
              }
            >
              {t("people.removeCohost")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
