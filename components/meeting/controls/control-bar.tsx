"use client";
import { useTranslations } from "next-intl";
import { ChatButton, PeopleButton } from "./panel-buttons.tsx";
import { DeviceButton } from "./device-button.tsx";
import { HandButton } from "./hand-button.tsx";
import { LeaveButton } from "./leave-button.tsx";
import { MeetingTitle } from "./meeting-title.tsx";
import { MoreMenu } from "./more-menu.tsx";
import { ShareButton } from "./share-button.tsx";

/** Stands at the lower edge and covers nothing. What does not fit on a phone is under More. */
export function ControlBar() {
  const t = useTranslations();
  return (
    <section
      aria-label={t("call.controls")}
      className="flex shrink-0 items-center justify-center gap-2 px-3 pt-1 pb-[calc(0.75rem+env(safe-area-inset-bottom))] sm:gap-3"
    >
      <div className="hidden min-w-0 grow basis-0 lg:block">
        <MeetingTitle />
      </div>
      <DeviceButton source="microphone" />
      <DeviceButton source="camera" />
      <ShareButton />
      <HandButton />
      <div className="contents lg:order-last lg:flex lg:grow lg:basis-0 lg:justify-end lg:gap-3">
        <PeopleButton />
        <ChatButton />
      </div>
      <MoreMenu />
      <LeaveButton />
    </section>
  );
}
