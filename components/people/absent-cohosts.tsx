"use client";
import { mayDo } from "#lib/moderation/powers.ts";
import { Button } from "#components/ui/button.tsx";
import { useCallState, useRecord } from "#components/call-context/use-meeting.ts";
import { Foldable, useIsUnfolded } from "./foldable.tsx";
import { useModerate } from "./use-moderate.ts";

/** Co-hosts who left and would come back as co-hosts, for hosts. Read from the server while it is open only. */
export function AbsentCohosts() {
  const isOpen = useIsUnfolded("cohosts");
  const mayDemote = useCallState(({ myRole }) => mayDo(myRole, "unmake-cohost", { role: "cohost", isSelf: false }));
  if (!mayDemote) return null;
  return (
    <Foldable fold="cohosts" title="Co-hosts who left">
      {isOpen && <Absent />}
    </Foldable>
  );
}

function Absent() {
  const moderate = useModerate();
  const { absentCohosts, isStale } = useRecord();
  return (
    <>
      {isStale && <p className="text-sm text-ink-soft">This list may be out of date. Trying again…</p>}
      {absentCohosts.length === 0 && <p className="text-sm text-ink-soft">No co-hosts have left.</p>}
      <ul>
        {absentCohosts.map(({ identity, name }) => (
          <li key={identity} className="flex min-h-12 items-center justify-between gap-3">
            <span className="min-w-0 truncate text-[0.9375rem]">{name}</span>
            <Button
              size="small"
              aria-label={`Remove as co-host: ${name}`}
              onClick={() => void moderate({ action: "unmake-cohost", identity }, `${name} is no longer a co-host`)}
            >
              Remove as co-host
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
