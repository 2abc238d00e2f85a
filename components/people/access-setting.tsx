"use client";
import { useTranslations } from "next-intl";
import { ACCESS_LEVELS } from "#lib/rooms/room.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/select.tsx";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useCallState, useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useModerate } from "./use-moderate.ts";

/** Who can join without asking. Opening the room asks whether to admit the waiting guests, and never admits them itself. */
export function AccessSetting() {
  const t = useTranslations();
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
      <Select label={t("people.access.title")} value={access} onChange={(event) => void choose(event.target.value)}>
        {ACCESS_LEVELS.map((level) => (
          <option key={level} value={level}>
            {t(`people.access.${level}`)}
          </option>
        ))}
      </Select>
      <AdmitWaitingDialog />
    </>
  );
}

function AdmitWaitingDialog() {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const view = useViewStore();
  const waitingCount = useView(({ admitting }) => admitting);
  const close = () => view.change({ admitting: 0 });
  const admit = async () => {
    await attempt(() => meeting.decideAll("admitted"));
    close();
  };
  return (
    <Dialog
      isOpen={waitingCount > 0}
      onOpenChange={close}
      title={t("people.admitWaiting.title", { count: waitingCount })}
      description={t("people.admitWaiting.note")}
      actions={
        <>
          <Button onClick={close}>{t("people.admitWaiting.keep")}</Button>
          <Button tone="primary" onClick={() => void admit()}>
            {t("people.admitWaiting.confirm", { count: waitingCount })}
          </Button>
        </>
      }
    />
  );
}
