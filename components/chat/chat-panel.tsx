"use client";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { SidePanel } from "#components/layout/side-panel.tsx";
import { useChat } from "#components/call-context/use-meeting.ts";
import { WaitingHint } from "#components/lobby/waiting-hint.tsx";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";

/** What is written in the meeting, and a place to write. */
export function ChatPanel() {
  const t = useTranslations();
  const messages = useChat((chat) => chat.messages);
  const isStale = useChat((chat) => chat.isStale);
  return (
    <SidePanel panel="chat" title={t("chat.title")} closeLabel={t("call.closeChat")}>
      <WaitingHint />
      {isStale && (
        <div className="px-3">
          <Banner>{t("chat.stale")}</Banner>
        </div>
      )}
      {messages.length === 0 ? <NoMessages /> : <MessageList messages={messages} />}
      <Composer />
    </SidePanel>
  );
}

function NoMessages() {
  const t = useTranslations();
  return (
    <div className="flex grow flex-col items-center justify-center gap-1 p-6 text-center">
      <p className="font-semibold">{t("chat.none")}</p>
      <p className="text-sm text-ink-soft">{t("chat.noneNote")}</p>
    </div>
  );
}
