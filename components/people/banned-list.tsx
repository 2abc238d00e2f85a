"use client";
import { Button } from "#components/ui/button.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { useRecord } from "#components/call-context/use-meeting.ts";
import { clockText } from "#components/ui/clock-text.ts";
import { Foldable, useIsUnfolded } from "./foldable.tsx";
import { useModerate } from "./use-moderate.ts";

/** The banned participants, with Unblock. Read from the server only while it is open. */
export function BannedList() {
  const isOpen = useIsUnfolded("bans");
  return (
    <Foldable fold="bans" title="Blocked">
      {isOpen && <Bans />}
    </Foldable>
  );
}

function Bans() {
  const moderate = useModerate();
  const { bans, isStale } = useRecord();
  return (
    <>
      {isStale && <p className="text-sm text-ink-soft">This list may be out of date. Trying again…</p>}
      {bans.length === 0 && <p className="text-sm text-ink-soft">No one is blocked.</p>}
      <ul>
        {bans.map(({ banId, name, by, atMs }) => (
          <li key={banId} className="flex min-h-12 items-center justify-between gap-3">
            <span className="min-w-0 leading-tight">
              <span dir="auto" className="block truncate text-left text-[0.9375rem]">
                {name}
              </span>
              <span className="block truncate text-sm text-ink-soft">
                by <bdi>{by}</bdi>, {clockText(atMs)}
              </span>
            </span>
            <Button
              size="small"
              aria-label={`Unblock ${name}`}
              onClick={() => void moderate({ action: "unban", banId }, `${isolate(name)} can join again`)}
            >
              Unblock
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
