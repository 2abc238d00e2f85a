"use client";
import { MonitorUp, Volume2 } from "lucide-react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Ring } from "#components/ui/spinner.tsx";
import { attempt } from "#components/call-context/attempt.ts";
import { useCallState, useMedia, useMeeting } from "#components/call-context/use-meeting.ts";

/** What keeps people from seeing and hearing each other, above the stage for as long as it is so. */
export function Banners() {
  const meeting = useMeeting();
  const status = useCallState(({ connection }) => connection.status);
  const isSoundBlocked = useCallState((call) => call.isSoundBlocked);
  return (
    <>
      {status === "joining" && <Working>Connecting you to the meeting…</Working>}
      {status === "reconnecting" && <Working>Connection lost. Reconnecting…</Working>}
      <EndsSoon />
      <Sharing />
      {isSoundBlocked && (
        <Banner
          tone="attention"
          title="Sound is blocked"
          actions={
            <Button
              tone="primary"
              icon={<Volume2 className="size-5" />}
              onClick={() => void attempt(() => meeting.allowSound())}
            >
              Turn on sound
            </Button>
          }
        >
          Your browser needs a click before it plays sound.
        </Banner>
      )}
    </>
  );
}

/** For hosts, in the last minutes of a meeting that reaches its length limit. */
function EndsSoon() {
  const minutes = useCallState(({ room }) => room.minutesLeft);
  if (minutes === undefined) return null;
  const when = minutes > 1 ? `in ${minutes} minutes` : "in a minute";
  return (
    <Banner tone="attention" title={`This meeting ends ${when}`}>
      It has reached the length that this site allows. You can start it again with the same link.
    </Banner>
  );
}

const SHARED_SOUND = {
  none: undefined,
  on: undefined,
  muted: "A host muted its audio.",
  locked: "Its audio is off because a host locked microphones.",
} as const;

/** My share is not on my stage, so this is how I know of it. */
function Sharing() {
  const meeting = useMeeting();
  const status = useMedia(({ screenShare }) => screenShare.status);
  const sound = useMedia(({ screenShare }) => screenShare.sound);
  if (status !== "on" && status !== "silenced") return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-3 rounded-control bg-accent-soft py-1 pr-1 pl-4 text-[0.9375rem] font-medium text-accent-ink"
    >
      <MonitorUp aria-hidden="true" className="size-5 shrink-0" />
      <span>
        {status === "on" ? "Everyone can see your screen." : "Your screen is paused. Others can’t see it."}{" "}
        {SHARED_SOUND[sound]}
      </span>
      {sound === "muted" && (
        <Button size="small" tone="quiet" onClick={() => void attempt(() => meeting.setShareSound(true))}>
          Share its audio
        </Button>
      )}
      <Button size="small" tone="quiet" onClick={() => void attempt(() => meeting.setScreenShare(false))}>
        Stop sharing
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
