"use client";
import { useState } from "react";
import { Identity } from "#lib/ids.ts";
import type { Person } from "#lib/meeting/meeting.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { useModerate } from "./use-moderate.ts";

type ExpelDialogProps = { person: Person; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Asks once before somebody is removed, and whether for good. */
export function ExpelDialog({ person, isOpen, onOpenChange }: ExpelDialogProps) {
  const moderate = useModerate();
  const [isBan, setBan] = useState(false);
  const { name } = person;
  const expel = async () => {
    await moderate({ action: "expel", identity: Identity.parse(person.identity), ban: isBan }, `${name} was removed`);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Remove ${name} from the meeting?`}
      description={
        isBan
          ? "They leave at once and can’t come back to this meeting until a host lets them."
          : "They leave at once. To come back they have to ask to join again."
      }
      confirmLabel={`Remove ${name}`}
      onConfirm={expel}
    >
      <Checkbox label="Don’t let them come back" isChecked={isBan} onChange={setBan} />
    </ConfirmDialog>
  );
}
