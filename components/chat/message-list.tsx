"use client";
import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ChatMessage } from "#lib/rooms/chat-message.ts";
import { useCallState } from "#components/call-context/use-meeting.ts";
import { groupMessages } from "./message-groups.ts";
import { MessageGroupView } from "./message-group-view.tsx";
import { useStickToEnd } from "./use-stick-to-end.ts";

/** All messages, oldest first. Stays at the end while the reader is there, and says so when something comes while they are not. */
export function MessageList({ messages }: { messages: readonly ChatMessage[] }) {
  const t = useTranslations();
  const myIdentity = useCallState((call) => call.myIdentity);
  const newest = messages.at(-1);
  const { ref, isBehind, onScroll, toEnd } = useStickToEnd(newest?.seq ?? 0, newest?.identity === myIdentity);
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div
        ref={ref}
        onScroll={onScroll}
        role="log"
        aria-label={t("chat.messages")}
        // Said by the announcer, with the sender's name; twice would be once too often.
        aria-live="off"
        tabIndex={0}
        className="relative min-h-0 grow overflow-y-auto overscroll-contain px-4 pb-2 focus-visible:-outline-offset-2"
      >
        <ol className="flex flex-col gap-4 py-2">
          {groupMessages(messages).map((group) => (
            <MessageGroupView key={group.key} group={group} isMine={group.identity === myIdentity} />
          ))}
        </ol>
      </div>
      {isBehind && (
        <button
          type="button"
          onClick={toEnd}
          className="absolute bottom-2 left-1/2 flex h-11 -translate-x-1/2 animate-appear items-center gap-2 rounded-full bg-inverse px-4 text-sm font-semibold text-on-inverse shadow-float hover:bg-inverse-hover"
        >
          <ArrowDown aria-hidden="true" className="size-4" />
          {t("chat.newMessages")}
        </button>
      )}
    </div>
  );
}
