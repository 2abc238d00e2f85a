"use client";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { findRoomCode } from "#lib/ids.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { codeComplaint } from "./code-complaint.ts";

/** Takes a link or a code in whatever form it was sent, and goes there. */
export function JoinForm() {
  const router = useRouter();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const [isGoing, startGoing] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = findRoomCode(text);
    if (!code) return setError(codeComplaint(text));
    startGoing(() => router.push(meetingPath(code)));
  };
  return (
    <form onSubmit={submit} noValidate className="flex items-start gap-2">
      <TextField
        className="grow"
        label="Join with a code or link"
        placeholder="abc-defg-hij"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
        error={error}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
      />
      <Button type="submit" isBusy={isGoing} className="mt-[1.625rem]" icon={<ArrowRight className="size-4" />}>
        Join
      </Button>
    </form>
  );
}
