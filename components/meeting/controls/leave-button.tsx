"use client";
import { CircleX, LogOut, PhoneOff } from "lucide-react";
import { mayDo } from "#lib/moderation/powers.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { attempt } from "#components/call-context/attempt.ts";
import { useCallState, useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";

const HANG_UP = {
  tone: "danger",
  className: "h-12! w-14! rounded-full!",
  icon: <PhoneOff className="size-5.5" />,
} as const;

/** Leaves; a host is asked whether the meeting should end with it. */
export function LeaveButton() {
  const meeting = useMeeting();
  const view = useViewStore();
  const mayEnd = useCallState(({ myRole }) => mayDo(myRole, "end"));
  const leave = () => void attempt(() => meeting.leave());
  if (!mayEnd) return <IconButton label="Leave meeting" {...HANG_UP} onClick={leave} />;
  return (
    <>
      <Menu side="top" align="end" trigger={<IconButton label="Leave or end meeting" {...HANG_UP} />}>
        <MenuItem icon={<LogOut className="size-5 shrink-0" />} onSelect={leave}>
          Leave meeting
        </MenuItem>
        <MenuItem
          tone="danger"
          icon={<CircleX className="size-5 shrink-0" />}
          onSelect={() => view.change({ dialog: "end" })}
        >
          End meeting for everyone
        </MenuItem>
      </Menu>
      <EndDialog />
    </>
  );
}

function EndDialog() {
  const meeting = useMeeting();
  const view = useViewStore();
  const isOpen = useView(({ dialog }) => dialog === "end");
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={() => view.change({ dialog: undefined })}
      title="End meeting for everyone?"
      description="Everyone will be disconnected and the chat deleted. You can start again with the same link."
      confirmLabel="End for everyone"
      onConfirm={async () => void (await attempt(() => meeting.moderate({ action: "end" })))}
    />
  );
}
