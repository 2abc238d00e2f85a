"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** A question that names what is hit: "Remove Ada from the meeting?" */
  title: string;
  /** What will be different afterwards. */
  description: ReactNode;
  /** What happens: "Remove Ada". */
  confirmLabel: string;
  /** Closes when it resolves; stays open when it rejects. The caller shows the error. */
  onConfirm: () => Promise<void>;
  children?: ReactNode;
};

/** Asks once before something that cannot be undone. */
export function ConfirmDialog({ onConfirm, confirmLabel, children, ...dialog }: ConfirmDialogProps) {
  const t = useTranslations();
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      dialog.onOpenChange(false);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      {...dialog}
      actions={
        <>
          <Button onClick={() => dialog.onOpenChange(false)}>{t("common.cancel")}</Button>
          <Button tone="danger" isBusy={isBusy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
