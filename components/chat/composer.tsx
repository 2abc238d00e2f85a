"use client";
import { SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type SubmitEvent, useId, useState } from "react";
import { problemText } from "#components/call-context/problem-text.ts";
import { useMeeting, useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { draftState } from "./draft.ts";

/** Writes one message. A text that could not be sent stays, with the reason. */
export function Composer() {
  const t = useTranslations();
  const { text, trouble, isSending, write, send } = useDraft();
  const { canSend, note } = draftState(text);
  const noteId = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const sendOnEnter = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter chooses a word. Safari says so by key code 229 only.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit} className="shrink-0 p-3">
      <div className="flex items-end gap-1 rounded-surface border border-line-strong bg-surface p-1 pl-3 has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-ink">
        <textarea
          data-first-focus
          dir="auto"
          aria-label={t("chat.write")}
          aria-describedby={noteId}
          placeholder={t("chat.write")}
          rows={1}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={sendOnEnter}
          className="field-sizing-content max-h-36 min-h-11 min-w-0 grow resize-none bg-transparent py-2.5 text-base outline-none"
        />
        <IconButton
          label={t("chat.send")}
          type="submit"
          disabled={!canSend || isSending}
          tone={canSend ? "primary" : "quiet"}
          icon={<SendHorizontal className="size-5" />}
        />
      </div>
      <p id={noteId} aria-live="polite" className="px-2 text-sm text-ink-soft empty:hidden not-empty:pt-1.5">
        {trouble ?? (note && t(`chat.${note.key}`, { count: note.count }))}
      </p>
    </form>
  );
}

function useDraft() {
  const t = useTranslations();
  const meeting = useMeeting();
  const view = useViewStore();
  const text = useView(({ chatDraft }) => chatDraft);
  const [trouble, setTrouble] = useState<string>();
  const [isSending, setSending] = useState(false);
  const write = (next: string) => {
    view.change({ chatDraft: next });
    setTrouble(undefined);
  };
  const send = async () => {
    if (!draftState(text).canSend || isSending) return;
    setSending(true);
    try {
      await meeting.sendChat(text.trim());
      // What was typed while it was on its way stays.
      if (view.getSnapshot().chatDraft === text) view.change({ chatDraft: "" });
    } catch (error) {
      setTrouble(t("chat.notSent", { problem: problemText(t, error) }));
    } finally {
      setSending(false);
    }
  };
  return { text, trouble, isSending, write, send: () => void send() };
}
