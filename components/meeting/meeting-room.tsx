"use client";
import { useTranslations } from "next-intl";
import type { Meeting } from "#lib/call/meeting.ts";
import { KnockCards } from "#components/lobby/knock-cards.tsx";
import { Banners } from "./banners.tsx";
import { ControlBar } from "./controls/control-bar.tsx";
import { MeetingProvider } from "#components/call-context/meeting-provider.tsx";
import { MeetingSideEffects } from "./meeting-side-effects.tsx";
import { CallDialogs, OpenPanel, useLoadRest } from "./rest-of-call.tsx";
import { AnnouncementRegion } from "./announcements/announcement-region.tsx";
import { Stage } from "./stage/stage.tsx";
import { useCallState } from "#components/call-context/use-meeting.ts";

type MeetingRoomProps = {
  meeting: Meeting;
  /** The link that brings others here. */
  shareUrl: string;
};

/** A running call: everything between entering and leaving. */
export function MeetingRoom({ meeting, shareUrl }: MeetingRoomProps) {
  const t = useTranslations();
  useLoadRest();
  return (
    <MeetingProvider meeting={meeting} shareUrl={shareUrl}>
      <MeetingSideEffects />
      <div data-theme="dark" className="flex h-dvh flex-col overflow-hidden bg-canvas text-ink">
        <div className="flex min-h-0 grow">
          <main aria-label={t("call.stage")} className="flex min-h-0 min-w-0 grow flex-col gap-2 p-1.5 sm:p-2">
            <Heading />
            <Banners />
            <KnockCards />
            <Stage />
          </main>
          <OpenPanel />
        </div>
        <ControlBar />
        <AnnouncementRegion />
        <CallDialogs />
      </div>
    </MeetingProvider>
  );
}

function Heading() {
  const t = useTranslations();
  const room = useCallState((call) => call.room);
  return <h1 className="sr-only">{room.title === "" ? t("call.heading", { code: room.code }) : room.title}</h1>;
}
