"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { readName } from "#lib/rooms/display-name.ts";
import { saveName } from "#lib/call/saved-state.ts";
import { NameField } from "#components/layout/name-field.tsx";
import { Button } from "#components/ui/button.tsx";

/** The name the host reads, which may be changed while waiting. */
export function WaitingName({ name, onRename }: { name: string; onRename: (name: string) => Promise<void> }) {
  const t = useTranslations();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Rename name={name} onRename={onRename} onDone={() => setOpen(false)} />;
  return (
    <div className="flex items-center justify-between gap-3">
      <p className="min-w-0">
        <span className="block text-sm text-ink-soft">{t("waiting.seenAs")}</span>
        <span dir="auto" className="block truncate text-left font-semibold">
          {name}
        </span>
      </p>
      <Button size="small" tone="quiet" onClick={() => setOpen(true)}>
        {t("waiting.changeName")}
      </Button>
    </div>
  );
}

type RenameProps = { name: string; onRename: (name: string) => Promise<void>; onDone: () => void };

function Rename({ name, onRename, onDone }: RenameProps) {
  const t = useTranslations();
  const [draft, setDraft] = useState(name);
  const [state, setState] = useState<"typing" | "wrong" | "saving">("typing");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readName(draft);
    if ("objection" in read) return setState("wrong");
    setState("saving");
    saveName(read.name);
    onRename(read.name).then(onDone, () => {
      setState("typing");
      toast(t("waiting.renameFailed"), { description: t("common.silentForNow") });
    });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <NameField name={draft} isProblemShown={state === "wrong"} onChange={setDraft} />
      <div className="flex gap-3">
        <Button type="submit" tone="primary" isBusy={state === "saving"}>
          {t("waiting.saveName")}
        </Button>
        <Button tone="quiet" onClick={onDone}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
