"use client";
import { CalendarClock, Video } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import Link from "next/link";
import { useState } from "react";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { createLater, useLater } from "#components/ui/later.ts";
import { prefetchDialogs } from "#components/ui/dialog.tsx";
import { useInBrowser } from "#components/ui/use-in-browser.ts";
import { useOnArrival } from "#components/ui/use-on-arrival.ts";
import type { StartRequest } from "./start-request.ts";
import { useOpenRoom } from "./use-open-room.ts";

const laterDialog = createLater(() => import("./later-dialog.tsx"));
const prefetchLater = () => {
  laterDialog.prefetch();
  prefetchDialogs();
};

type StartButtonsProps = { request: StartRequest; onCreated: () => void };

/**
 * The two main actions: a meeting now, or a link for later.
 *
 * A form, so that a press before the page's scripts run is not lost: the browser then comes back here with it in the address.
 */
export function StartButtons({ request, onCreated }: StartButtonsProps) {
  const t = useTranslations();
  const { isStarting, start } = useStart(request);
  const [isLaterOpen, setLaterOpen] = useState(request === "later");
  const LaterDialog = useLater(laterDialog, isLaterOpen)?.LaterDialog;
  return (
    <>
      <form action="/" onSubmit={(event) => event.preventDefault()} className="flex flex-col gap-3 sm:flex-row">
        <Button
          type="submit"
          name="start"
          value="pressed"
          tone="primary"
          size="large"
          // Who was sent to sign in for this finds the focus on what they wanted to press.
          autoFocus={request === "focus"}
          isBusy={isStarting}
          icon={<Video className="size-5" />}
          onClick={start}
        >
          {t("home.newMeeting")}
        </Button>
        <Button
          type="submit"
          name="start"
          value="later"
          size="large"
          icon={<CalendarClock className="size-5" />}
          onPointerEnter={prefetchLater}
          onFocus={prefetchLater}
          onClick={() => setLaterOpen(true)}
        >
          {t("home.createLink")}
        </Button>
      </form>
      {LaterDialog && <LaterDialog isOpen={isLaterOpen} onOpenChange={setLaterOpen} onCreated={onCreated} />}
    </>
  );
}

/** Starts a meeting: on press, or on load when it was pressed before the scripts ran. */
function useStart(request: StartRequest): { isStarting: boolean; start: () => void } {
  const router = useRouter();
  const isInBrowser = useInBrowser();
  const [isLeaving, setLeaving] = useState(false);
  const { isOpening, open } = useOpenRoom(({ code }) => {
    setLeaving(true);
    // Back must not lead to an address that starts the next one.
    router[request === "start" ? "replace" : "push"](meetingPath(code));
  });
  useOnArrival(request === "start" ? request : undefined, () => open());
  return { isStarting: isOpening || isLeaving || (request === "start" && !isInBrowser), start: () => open() };
}

/** The same two actions for users who have to sign in first. */
export function StartLinks() {
  const t = useTranslations();
  const signIn = (path: string) => `/sign-in?callbackUrl=${encodeURIComponent(path)}`;
  return (
    <div className="flex flex-col gap-3 sm:flex-row">
      <Link className={buttonClasses("primary", "large")} href={signIn("/?start=now")}>
        <Video aria-hidden="true" className="size-5" />
        {t("home.newMeeting")}
      </Link>
      <Link className={buttonClasses("neutral", "large")} href={signIn("/?start=later")}>
        <CalendarClock aria-hidden="true" className="size-5" />
        {t("home.createLink")}
      </Link>
    </div>
  );
}
