"use client";
import { CircleX, LogOut, PhoneOff } from "lucide-react";
import { mayDo } from "#lib/moderation/powers.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { attempt } from "./attempt.ts";
import { useCall, useMeeting, useView, useViewStore } from "./use-meeting.ts";

const HANG_UP = {
  tone: "danger",
  className: "h-12! w-14! rounded-full!",
  icon: <PhoneOff className="size-5.5" />,
} as const;

/** Leaves; a host is asked whether the meeting should end with it. */
export function LeaveButton() {
  const meeting = useMeeting();
  const view = useViewStore();
  const mayEnd = useCall(({ myRole }) => mayDo(myRole, "end"));
  const leave = () => void attempt(() => meeting.leave());
  if (!mayEnd) return <IconButton label="Leave the meeting" {...HANG_UP} onClick={leave} />;
  return (
    <>
      <Menu side="top" align="end" trigger={<IconButton label="Leave or end the meeting" {...HANG_UP} />}>
        <MenuItem icon={<LogOut className="size-5 shrink-0" />} onSelect={leave}>
          Leave, the others go on
        </MenuItem>
        <MenuItem
          tone="danger"
          icon={<CircleX className="size-5 shrink-0" />}
          onSelect={() => view.change({ dialog: "end" })}
        >
          End the meeting for all
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
  const othersCount = useCall(({ people }) => people.length - 1);
  const whom =
    othersCount === 0
      ? "You leave"
      : `You and ${othersCount} ${othersCount === 1 ? "other person" : "other people"} leave`;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={() => view.change({ dialog: undefined })}
      title="End the meeting for all?"
      description={`${whom} at once, and the chat is gone. The link stays yours: you can start again with it later.`}
      confirmLabel="End for all"
      onConfirm={async () => void (await attempt(() => meeting.moderate({ action: "end" })))}
    />
  );
}
