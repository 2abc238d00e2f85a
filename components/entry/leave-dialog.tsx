"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type LeaveDialogProps = { isOpen: boolean; onStay: () => void; onLeave: () => Promise<void> };

/** Confirms leaving after Back was pressed in the call, which is often a mistake. */
export function LeaveDialog({ isOpen, onStay, onLeave }: LeaveDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onStay}
      title="Leave meeting?"
      description="The meeting will continue without you. You can rejoin at any time."
      actions={
        <>
          <Button onClick={onStay}>Stay</Button>
          <Button tone="danger" onClick={() => void onLeave()}>
            Leave
          </Button>
        </>
      }
    />
  );
}
