"use client";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type LeaveDialogProps = { isOpen: boolean; onStay: () => void; onLeave: () => Promise<void> };

/** Confirms leaving after Back was pressed in the call, which is often a mistake. */
export function LeaveDialog({ isOpen, onStay, onLeave }: LeaveDialogProps) {
  const t = useTranslations();
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onStay}
      title={t("door.leaveTitle")}
      description={t("door.leaveNote")}
      actions={
        <>
          <Button onClick={onStay}>{t("door.stay")}</Button>
          <Button tone="danger" onClick={() => void onLeave()}>
            {t("door.leaveConfirm")}
          </Button>
        </>
      }
    />
  );
}
