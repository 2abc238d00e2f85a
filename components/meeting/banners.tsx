"use client";
import { MonitorUp, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Ring } from "#components/ui/spinner.tsx";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { useCallState, useMedia, useMeeting } from "#components/call-context/use-meeting.ts";

/** What keeps people from seeing and hearing each other, above the stage for as long as it is so. */
export function Banners() {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const status = useCallState(({ connection }) => connection.status);
  const isSoundBlocked = useCallState((call) => call.isSoundBlocked);
  return (
    <>
      {status === "joining" && <Working>{t("call.connecting")}</Working>}
      {status === "reconnecting" && <Working>{t("call.reconnecting")}</Working>}
      <EndsSoon />
      <Sharing />
      {isSoundBlocked && (
        <Banner
          tone="attention"
          title={t("call.soundBlocked")}
          actions={
            <Button
              tone="primary"
              icon={<Volume2 className="size-5" />}
              onClick={() => void attempt(() => meeting.allowSound())}
            >
              {t("call.turnOnSound")}
            </Button>
          }
        >
          {t("call.soundBlockedNote")}
        </Banner>
      )}
    </>
  );
}

/** For hosts, in the last minutes of a meeting that reaches its length limit. */
function EndsSoon() {
  const t = useTranslations();
  const minutes = useCallState(({ room }) => room.minutesLeft);
  if (minutes === undefined) return null;
  return (
    <Banner tone="attention" title={t("call.endsSoon", { minutes: Math.max(1, minutes) })}>
      {t("call.endsSoonNote")}
    </Banner>
  );
}

const SHARED_SOUND = {
  none: undefined,
  on: undefined,
  muted: "call.shareMuted",
  locked: "call.shareLocked",
} as const;

/** My share is not on my stage, so this is how I know of it. */
function Sharing() {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const status = useMedia(({ screenShare }) => screenShare.status);
  const sound = useMedia(({ screenShare }) => screenShare.sound);
  const soundKey = SHARED_SOUND[sound];
  if (status !== "on" && status !== "silenced") return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-3 rounded-control bg-accent-soft py-1 pr-1 pl-4 text-[0.9375rem] font-medium text-accent-ink"
    >
      <MonitorUp aria-hidden="true" className="size-5 shrink-0" />
      <span>
        {t(status === "on" ? "call.screenSeen" : "call.screenPaused")} {soundKey && t(soundKey)}
      </span>
      {sound === "muted" && (
        <Button size="small" tone="quiet" onClick={() => void attempt(() => meeting.setShareSound(true))}>
          {t("call.shareAudio")}
        </Button>
      )}
      <Button size="small" tone="quiet" onClick={() => void attempt(() => meeting.setScreenShare(false))}>
        {t("call.stopSharing")}
      </Button>
    </p>
  );
}

function Working({ children }: { children: string }) {
  return (
    <p
      role="status"
      className="flex items-center justify-center gap-3 rounded-control bg-inverse px-4 py-2.5 text-[0.9375rem] font-medium text-on-inverse"
    >
      <Ring className="size-4!" />
      {children}
    </p>
  );
}
