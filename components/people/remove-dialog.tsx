"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { toIdentity } from "#lib/id-forms.ts";
import type { Person } from "#lib/call/meeting.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { useCallState, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useModerate } from "./use-moderate.ts";

/** The removal dialog, while it is open. */
export function RemoveDialog() {
  const view = useViewStore();
  const asked = useView(({ removing }) => removing);
  const person = useCallState(({ people }) => people.find(({ identity }) => identity === asked?.identity));
  const hasLeft = asked !== undefined && person === undefined;
  useEffect(() => {
    // If they rejoin, the dialog must not open again.
    if (hasLeft) view.change({ removing: undefined });
  }, [hasLeft, view]);
  return asked && person && <Question person={person} isBan={asked.isBan} />;
}

/** Confirms a removal, and asks whether to block the participant. */
function Question({ person, isBan }: { person: Person; isBan: boolean }) {
  const t = useTranslations();
  const { identity } = person;
  const name = isolate(person.name);
  const view = useViewStore();
  const moderate = useModerate();
  const expel = async () => {
    await moderate(
      { action: "expel", identity: toIdentity(identity), ban: isBan },
      t("people.actions.expel.done", { name }),
    );
  };
  // The answer may come when they are gone and the next one is asked about.
  const close = () => {
    if (view.getSnapshot().removing?.identity === identity) view.change({ removing: undefined });
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={close}
      title={t("people.remove.title", { name })}
      description={t(isBan ? "people.remove.noteBan" : "people.remove.note")}
      confirmLabel={t("people.remove.confirm", { name })}
      onConfirm={expel}
    >
      <Checkbox
        label={t("people.remove.ban")}
        isChecked={isBan}
        onChange={(next) => view.change({ removing: { identity, isBan: next } })}
      />
    </ConfirmDialog>
  );
}
