"use client";
import { CalendarClock, Video } from "lucide-react";
import { useRouter } from "next/navigation";
import Link from "next/link";
import { useState } from "react";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { LaterDialog } from "./later-dialog.tsx";
import { useOpenRoom } from "./use-open-room.ts";

/** What somebody came to the first page for: a meeting now, or a link to send. */
export function StartButtons({ isNowAsked, onCreated }: { isNowAsked: boolean; onCreated: () => void }) {
  const router = useRouter();
  const [isLeaving, setLeaving] = useState(false);
  const [isLaterOpen, setLaterOpen] = useState(false);
  const { isOpening, open } = useOpenRoom(({ code }) => {
    setLeaving(true);
    router.push(meetingPath(code));
  });
  return (
    <div className="flex flex-col gap-3 sm:flex-row">
      <Button
        tone="primary"
        size="large"
        // Who was sent to sign in for this finds the focus on what they wanted to press.
        autoFocus={isNowAsked}
        isBusy={isOpening || isLeaving}
        icon={<Video className="size-5" />}
        onClick={() => open()}
      >
        New meeting
      </Button>
      <Button size="large" icon={<CalendarClock className="size-5" />} onClick={() => setLaterOpen(true)}>
        Create a link for later
      </Button>
      <LaterDialog isOpen={isLaterOpen} onOpenChange={setLaterOpen} onCreated={onCreated} />
    </div>
  );
}

/** The same two for somebody who has to sign in first, and comes back to them. */
export function StartLinks() {
  const signIn = `/sign-in?callbackUrl=${encodeURIComponent("/?start=now")}`;
  return (
    <div className="flex flex-col gap-3 sm:flex-row">
      <Link className={buttonClasses("primary", "large")} href={signIn}>
        <Video aria-hidden="true" className="size-5" />
        New meeting
      </Link>
      <Link className={buttonClasses("neutral", "large")} href={signIn}>
        <CalendarClock aria-hidden="true" className="size-5" />
        Create a link for later
      </Link>
    </div>
  );
}
