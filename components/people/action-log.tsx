"use client";
import { useTranslations } from "next-intl";
import type { LogEntry } from "#lib/moderation/moderation-schema.ts";
import { useFormats } from "#components/texts/use-formats.ts";
import { useRecord } from "#components/call-context/use-meeting.ts";
import { Foldable, useIsUnfolded } from "./foldable.tsx";
import { logEntryText } from "./log-entry-text.ts";

/** Host activity in this meeting, newest first. Read from the server while it is open only. */
export function ActionLog() {
  const t = useTranslations();
  const isOpen = useIsUnfolded("log");
  return (
    <Foldable fold="log" title={t("people.log")}>
      {isOpen && <Entries />}
    </Foldable>
  );
}

function Entries() {
  const t = useTranslations();
  const formats = useFormats();
  const { log, isStale } = useRecord();
  const newestFirst = withKeys(log.toSorted((a, b) => b.atMs - a.atMs));
  return (
    <>
      {isStale && <p className="text-sm text-ink-soft">{t("people.stale")}</p>}
      {log.length === 0 && <p className="text-sm text-ink-soft">{t("people.noLog")}</p>}
      <ol className="flex flex-col gap-2">
        {newestFirst.map(({ key, entry }) => (
          <li key={key} className="flex items-baseline gap-3 text-sm">
            <time dateTime={new Date(entry.atMs).toISOString()} className="shrink-0 text-ink-soft tabular-nums">
              {formats.time(entry.atMs)}
            </time>
            <span className="min-w-0 wrap-anywhere">{logEntryText(t, entry)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Entries may share everything: two guests of one name, admitted at once. */
function withKeys(entries: readonly LogEntry[]): readonly { key: string; entry: LogEntry }[] {
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const text = Object.values(entry).join("|");
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return { key: `${text}|${count}`, entry };
  });
}
