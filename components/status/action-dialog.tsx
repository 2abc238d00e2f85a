"use client";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { questionOf } from "./operator-questions.ts";
import type { Operator } from "./use-operator.ts";

/** Asks once before an operator's action. */
export function ActionDialog({ operator: { asked, ask, confirm } }: { operator: Operator }) {
  if (!asked) return null;
  const { title, description, confirmLabel } = questionOf(asked);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => ask(undefined)}
      title={title}
      description={description}
      confirmLabel={confirmLabel}
      onConfirm={confirm}
    />
  );
}
