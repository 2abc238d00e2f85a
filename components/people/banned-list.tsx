"use client";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { useRecord } from "#components/call-context/use-meeting.ts";
import { useFormats } from "#components/texts/use-formats.ts";
import { bdi } from "#components/ui/bdi.tsx";
import { Foldable, useIsUnfolded } from "./foldable.tsx";
import { useModerate } from "./use-moderate.ts";

/** The banned participants, with Unblock. Read from the server only while it is open. */
export function BannedList() {
  const t = useTranslations();
  const isOpen = useIsUnfolded("bans");
  return (
    <Foldable fold="bans" title={t("people.bans")}>
      {isOpen && <Bans />}
    </Foldable>
  );
}

function Bans() {
  const t = useTranslations();
  const moderate = useModerate();
  const formats = useFormats();
  const { bans, isStale } = useRecord();
  return (
    <>
      {isStale && <p className="text-sm text-ink-soft">{t("people.stale")}</p>}
      {bans.length === 0 && <p className="text-sm text-ink-soft">{t("people.noBans")}</p>}
      <ul>
        {bans.map(({ banId, name, by, atMs }) => (
          <li key={banId} className="flex min-h-12 items-center justify-between gap-3">
            <span className="min-w-0 leading-tight">
              <span dir="auto" className="block truncate text-left text-[0.9375rem]">
                {name}
              </span>
              <span className="block truncate text-sm text-ink-soft">
                {t.rich("people.bannedBy", { by, time: formats.time(atMs), bdi })}
              </span>
            </span>
            <Button
              size="small"
              aria-label={t("people.unblockNamed", { name })}
              onClick={() => void moderate({ action: "unban", banId }, t("people.unblocked", { name: isolate(name) }))}
            >
              {t("people.unblock")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
