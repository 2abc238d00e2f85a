"use client";
import { useTranslations } from "next-intl";
import type { Meeting } from "#lib/call/meeting.ts";
import { ChatPanel } from "#components/chat/chat-panel.tsx";
import { KnockCards } from "#components/lobby/knock-cards.tsx";
import { PeoplePanel } from "#components/people/people-panel.tsx";
import { SettingsDialog } from "#components/settings/settings-dialog.tsx";
import { Banners } from "./banners.tsx";
import { ControlBar } from "./controls/control-bar.tsx";
import { MeetingProvider } from "#components/call-context/meeting-provider.tsx";
import { MeetingSideEffects } from "./meeting-side-effects.tsx";
import { ShortcutsDialog } from "./controls/shortcuts-dialog.tsx";
import { AnnouncementRegion } from "./announcements/announcement-region.tsx";
import { Stage } from "./stage/stage.tsx";
import { useCallState, useView } from "#components/call-context/use-meeting.ts";

type MeetingRoomProps = {
  meeting: Meeting;
  /** The link that brings others here. */
  shareUrl: string;
};

/** A running call: everything between entering and leaving. */
export function MeetingRoom({ meeting, shareUrl }: MeetingRoomProps) {
  const t = useTranslations();
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
        <SettingsDialog />
        <ShortcutsDialog />
      </div>
    </MeetingProvider>
  );
}

function Heading() {
  const t = useTranslations();
  const room = useCallState((call) => call.room);
  return <h1 className="sr-only">{room.title === "" ? t("call.heading", { code: room.code }) : room.title}</h1>;
}

function OpenPanel() {
  const panel = useView((view) => view.panel);
  if (panel === undefined) return null;
  return panel === "people" ? <PeoplePanel /> : <ChatPanel />;
}
