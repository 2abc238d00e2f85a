"use client";
import type { RoomAccess } from "#lib/rooms/room.ts";
import { ACCESS_LEVELS } from "#lib/rooms/room.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/select.tsx";
import { attempt } from "#components/call-context/attempt.ts";
import { useCallState, useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useModerate } from "./use-moderate.ts";

const LABELS: Record<RoomAccess, string> = {
  ask: "Everyone must ask",
  "signed-in": "Signed-in people join directly",
  open: "Anyone with the link joins directly",
};

/** Who can join without asking. Opening the room asks whether to admit the waiting guests, and never admits them itself. */
export function AccessSetting() {
  const moderate = useModerate();
  const access = useCallState(({ room }) => room.access);
  const view = useViewStore();
  const choose = async (value: string) => {
    const next = ACCESS_LEVELS.find((level) => level === value);
    if (!next) return;
    const answer = await moderate({ action: "set-access", access: next });
    view.change({ admitting: answer?.waitingCount ?? 0 });
  };
  return (
    <>
      <Select label="Who can join" value={access} onChange={(event) => void choose(event.target.value)}>
        {ACCESS_LEVELS.map((level) => (
          <option key={level} value={level}>
            {LABELS[level]}
          </option>
        ))}
      </Select>
      <AdmitWaitingDialog />
    </>
  );
}

function AdmitWaitingDialog() {
  const meeting = useMeeting();
  const view = useViewStore();
  const waitingCount = useView(({ admitting }) => admitting);
  const waiting = waitingCount === 1 ? "the person who is waiting" : `the ${waitingCount} people who are waiting`;
  const close = () => view.change({ admitting: 0 });
  const admit = async () => {
    await attempt(() => meeting.decideAll("admitted"));
    close();
  };
  return (
    <Dialog
      isOpen={waitingCount > 0}
      onOpenChange={close}
      title={`Admit ${waiting}?`}
      description="They asked before you opened the meeting, so they’ll keep waiting until you decide."
      actions={
        <>
          <Button onClick={close}>Keep them waiting</Button>
          <Button tone="primary" onClick={() => void admit()}>
            {waitingCount === 1 ? "Admit" : `Admit all (${waitingCount})`}
          </Button>
        </>
      }
    />
  );
}
