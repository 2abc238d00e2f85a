import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormats } from "#components/texts/use-formats.ts";
import { linkify } from "./linkify.ts";
import { type MessageGroup, senderWord } from "./message-groups.ts";

/** Messages of one sender under one heading. */
export function MessageGroupView({ group, isMine }: { group: MessageGroup; isMine: boolean }) {
  const t = useTranslations();
  const formats = useFormats();
  const word = senderWord(t, group);
  return (
    <li>
      <p className="flex min-w-0 items-baseline gap-2">
        <span dir="auto" className="min-w-0 truncate text-sm font-semibold">
          {isMine ? t("chat.you") : group.name}
        </span>
        {!isMine && word !== "" && <span className="shrink-0 text-sm text-ink-soft">{word}</span>}
        <time
          dateTime={new Date(group.startedAtMs).toISOString()}
          className="shrink-0 text-sm text-ink-soft tabular-nums"
        >
          {formats.time(group.startedAtMs)}
        </time>
      </p>
      {!isMine && group.isLikeHost && (
        <p className="mt-0.5 flex items-center gap-1.5 text-sm font-medium text-danger-ink">
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
          {t("chat.notHost")}
        </p>
      )}
      {group.messages.map((message) => (
        <p key={message.id} dir="auto" className="mt-1 text-[0.9375rem] leading-snug wrap-anywhere whitespace-pre-wrap">
          <MessageText text={message.text} />
        </p>
      ))}
    </li>
  );
}

function MessageText({ text }: { text: string }) {
  return linkify(text).map((part) =>
    part.kind === "text" ? (
      part.text
    ) : (
      <a
        key={part.at}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer"
        className="text-accent-ink underline underline-offset-2"
      >
        {part.text}
      </a>
    ),
  );
}
