"use client";
import { MessageSquare, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ariaKeys } from "#components/call-context/shortcuts.ts";
import { panelButtonId } from "#components/layout/side-panel.tsx";
import { useCallState, useChat, useLobby, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { isApple, useShortcutText } from "#components/call-context/use-shortcut-text.ts";
import type { Panel } from "#components/call-context/view.ts";

/** Opens the list of people; shows how many are here, and marks how many wait. */
export function PeopleButton() {
  const t = useTranslations();
  const hereCount = useCallState(({ people }) => people.length);
  const waitingCount = useLobby(({ guests }) => guests.length);
  const counts = { here: hereCount, waiting: waitingCount };
  const label = t(waitingCount === 0 ? "call.people" : "call.peopleWaiting", counts);
  return (
    <PanelButton panel="people" label={label} icon={<Users className="size-5.5" />}>
      {waitingCount > 0 && <Count>{waitingCount}</Count>}
    </PanelButton>
  );
}

/** Opens the chat; marks how many messages of others were not read. */
export function ChatButton() {
  const t = useTranslations();
  const unreadCount = useChat((chat) => chat.unreadCount);
  const label = unreadCount === 0 ? t("call.chat") : t("call.chatUnread", { count: unreadCount });
  return (
    <PanelButton panel="chat" label={label} icon={<MessageSquare className="size-5.5" />}>
      {unreadCount > 0 && <Count>{unreadCount}</Count>}
    </PanelButton>
  );
}

type PanelButtonProps = Pick<ComponentProps<typeof IconButton>, "label" | "icon"> & {
  panel: Panel;
  children: ReactNode;
};

function PanelButton({ panel, label, icon, children }: PanelButtonProps) {
  const view = useViewStore();
  const isOpen = useView((state) => state.panel === panel);
  const shortcut = useShortcutText(panel);
  return (
    <IconButton
      id={panelButtonId(panel)}
      label={label}
      shortcut={shortcut}
      aria-expanded={isOpen}
      aria-keyshortcuts={ariaKeys(panel, isApple())}
      tone="neutral"
      className={isOpen ? "size-12! border-accent!" : "size-12!"}
      icon={
        <>
          {icon}
          {children}
        </>
      }
      onClick={() => view.togglePanel(panel)}
    />
  );
}

function Count({ children }: { children: number }) {
  return (
    <span
      aria-hidden="true"
      className="absolute -top-1.5 -right-1.5 grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 text-sm font-semibold text-on-accent tabular-nums"
    >
      {children > 99 ? "99+" : children}
    </span>
  );
}
