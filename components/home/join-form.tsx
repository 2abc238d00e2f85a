"use client";
import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ClipboardEvent, type FormEvent, useState, useTransition } from "react";
import { findRoomCode } from "#lib/rooms/find-room-code.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { codeProblem } from "./code-problem.ts";

/** Takes a link or a code in whatever form it was sent, and goes there. */
export function JoinForm({ tried }: { tried: string | undefined }) {
  const t = useTranslations();
  const router = useRouter();
  const [error, setError] = useState(tried === undefined ? undefined : codeProblem(tried));
  const [isGoing, startGoing] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("code"));
    const code = findRoomCode(text);
    if (!code) return setError(codeProblem(text));
    startGoing(() => router.push(meetingPath(code)));
  };
  return (
    // Sent before the page's scripts run, it comes back to the first page, which does the same.
    <form action="/" onSubmit={submit} noValidate className="flex items-start gap-2">
      <TextField
        className="grow"
        label={t("home.codeLabel")}
        placeholder="abc-defg-hij"
        name="code"
        // The browser keeps the text: what was typed before the scripts ran stays as well.
        defaultValue={tried}
        onChange={() => setError(undefined)}
        onPaste={showFoundCode}
        error={error && t(error.key, { count: error.count })}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
      />
      <Button type="submit" isBusy={isGoing} className="mt-[1.625rem]" icon={<ArrowRight className="size-4" />}>
        {t("home.join")}
      </Button>
    </form>
  );
}

/**
 * Replaces a pasted invitation by the code that is in it. A field of one line would join the invitation's lines and show
 * only its beginning.
 */
function showFoundCode(event: ClipboardEvent<HTMLInputElement>): void {
  const field = event.currentTarget;
  const isReplaced = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const code = findRoomCode(event.clipboardData.getData("text/plain"));
  if (!code || !isReplaced) return;
  event.preventDefault();
  field.setRangeText(code, 0, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
