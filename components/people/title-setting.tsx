"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { readTitle } from "#lib/rooms/room-title.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { useCallState, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useModerate } from "./use-moderate.ts";

/** The meeting's name as participants see it; an empty title shows the code. */
export function TitleSetting() {
  const t = useTranslations();
  const moderate = useModerate();
  const current = useCallState(({ room }) => room.title);
  const view = useViewStore();
  const draft = useView(({ titleDraft }) => titleDraft);
  const setDraft = (titleDraft: string | undefined) => view.change({ titleDraft });
  const title = readTitle(draft ?? current);
  const isChanged = title !== undefined && title !== current;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged) return;
    const answer = await moderate({ action: "set-title", title }, t("people.titleSaved"));
    if (answer) setDraft(undefined);
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex items-end gap-2">
      <TextField
        className="grow"
        label={t("people.roomTitle")}
        placeholder={t("people.addTitle")}
        maxLength={80}
        value={draft ?? current}
        onChange={(event) => setDraft(event.target.value)}
        error={title !== undefined ? undefined : t("people.titleWrong")}
      />
      {isChanged && (
        <Button type="submit" aria-label={t("people.saveTitle")}>
          {t("people.save")}
        </Button>
      )}
    </form>
  );
}
