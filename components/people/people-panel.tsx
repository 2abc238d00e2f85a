"use client";
import { useTranslations } from "next-intl";
import { LobbyPanel } from "#components/lobby/lobby-panel.tsx";
import { SidePanel } from "#components/layout/side-panel.tsx";
import { useIsModerator } from "#components/call-context/use-meeting.ts";
import { AbsentCohosts } from "./absent-cohosts.tsx";
import { ActionLog } from "./action-log.tsx";
import { BannedList } from "./banned-list.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { HostControls } from "./host-controls.tsx";
import { PeopleList } from "./people-list.tsx";

/** Who waits, who is here and in which state, and for hosts what they may do about it. */
export function PeoplePanel() {
  const t = useTranslations();
  const isModerator = useIsModerator();
  return (
    <SidePanel panel="people" title={t("people.title")} closeLabel={t("call.closePeople")}>
      <div className="relative flex min-h-0 grow flex-col gap-3 overflow-y-auto overscroll-contain px-2 pb-4">
        <LobbyPanel />
        <PeopleList />
        <RemoveDialog />
        {isModerator && (
          <>
            <HostControls />
            <HostRecord />
          </>
        )}
      </div>
    </SidePanel>
  );
}

function HostRecord() {
  return (
    <>
      <AbsentCohosts />
      <BannedList />
      <ActionLog />
    </>
  );
}
