"use client";
import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast.tsx";
import type { ModerationAction, ModerationAnswer } from "#lib/moderation/moderation-schema.ts";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useAnnouncer, useMeeting } from "#components/call-context/use-meeting.ts";

export type Moderate = (action: ModerationAction, done?: string) => Promise<ModerationAnswer | undefined>;

/** Carries out what a host decides; says `done` when it is done, and what went wrong when not. */
export function useModerate(): Moderate {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const { announce } = useAnnouncer();
  return async (action, done) => {
    const answer = await attempt(() => meeting.moderate(action));
    if (!answer || done === undefined) return answer;
    toast(done, { position: "top-center" });
    announce(t("announce.sentence", { text: done }));
    return answer;
  };
}
