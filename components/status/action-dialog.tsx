"use client";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { questionText } from "./operator-questions.ts";
import type { Operator } from "./use-operator.ts";

/** Asks once before an operator's action. */
export function ActionDialog({ operator: { asked, ask, confirm } }: { operator: Operator }) {
  const t = useTranslations();
  if (!asked) return null;
  const text = (part: "title" | "description" | "confirm") => questionText(t, asked, part);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => ask(undefined)}
      title={text("title")}
      description={text("description")}
      confirmLabel={text("confirm")}
      onConfirm={confirm}
    />
  );
}
