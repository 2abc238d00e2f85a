"use client";
import { CircleX, LogOut, PhoneOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { mayDo } from "#lib/moderation/powers.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useCallState, useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";

const HANG_UP = {
  tone: "danger",
  className: "h-12! w-14! rounded-full!",
  icon: <PhoneOff className="size-5.5" />,
} as const;

/** Leaves; a host is asked whether the meeting should end with it. */
export function LeaveButton() {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const view = useViewStore();
  const mayEnd = useCallState(({ myRole }) => mayDo(myRole, "end"));
  const leave = () => void attempt(() => meeting.leave());
  if (!mayEnd) return <IconButton label={t("call.leave")} {...HANG_UP} onClick={leave} />;
  return (
    <>
      <Menu side="top" align="end" trigger={<IconButton label={t("call.leaveOrEnd")} {...HANG_UP} />}>
        <MenuItem icon={<LogOut className="size-5 shrink-0" />} onSelect={leave}>
          {t("call.leave")}
        </MenuItem>
        <MenuItem
          tone="danger"
          icon={<CircleX className="size-5 shrink-0" />}
          onSelect={() => view.change({ dialog: "end" })}
        >
          {t("call.end")}
        </MenuItem>
      </Menu>
      <EndDialog />
    </>
  );
}

function EndDialog() {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const view = useViewStore();
  const isOpen = useView(({ dialog }) => dialog === "end");
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={() => view.change({ dialog: undefined })}
      title={t("call.endTitle")}
      description={t("call.endNote")}
      confirmLabel={t("call.endConfirm")}
      onConfirm={async () => void (await attempt(() => meeting.moderate({ action: "end" })))}
    />
  );
}
