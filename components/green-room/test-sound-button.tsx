"use client";
import { Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { playTestSound } from "#lib/call/media/test-sound.ts";
import { Button } from "#components/ui/button.tsx";

/** Plays something, so that I know that I am going to hear the others. */
export function TestSoundButton({ speakerId }: { speakerId: string | undefined }) {
  const t = useTranslations();
  const [state, setState] = useState<"idle" | "playing" | "failed">("idle");
  const play = () => {
    setState("playing");
    playTestSound(speakerId).then(
      () => setState("idle"),
      () => setState("failed"),
    );
  };
  return (
    <div className="flex items-center gap-3">
      <Button
        size="small"
        tone="quiet"
        className="-ml-3"
        icon={<Volume2 className="size-4" />}
        onClick={state === "playing" ? undefined : play}
      >
        {t("door.testSpeaker")}
      </Button>
      <span role="status" className="text-sm text-ink-soft">
        {state === "playing" && t("door.twoNotes")}
        {state === "failed" && t("door.noNotes")}
      </span>
    </div>
  );
}
