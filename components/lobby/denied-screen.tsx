"use client";
import { DoorClosed } from "lucide-react";
import Link from "next/link";
import type { EntryState } from "#lib/lobby/entry.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { MessageScreen } from "#components/door/message-screen.tsx";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { useNow } from "#components/ui/use-now.ts";
import { asksLeftWords, countdown } from "./waiting-words.ts";

type DeniedScreenProps = {
  card: RoomCard;
  state: Extract<EntryState, { status: "denied" }>;
  onAskAgain: () => void;
};

/** A host said no: at once, without a reason, and with how often and from when one may ask again. */
export function DeniedScreen({ card, state, onAskAgain }: DeniedScreenProps) {
  const { asksLeft, mayAskAgainAtMs, clockOffsetMs } = state;
  const nowMs = useNow();
  const waitMs = nowMs === 0 ? Number.POSITIVE_INFINITY : mayAskAgainAtMs - (nowMs + clockOffsetMs);
  const isTooEarly = waitMs > 0;
  return (
    <MessageScreen
      icon={<DoorClosed />}
      heading="You can’t join this meeting"
      code="entry_denied"
      name={card.signedInAs}
      path={meetingPath(card.code)}
      actions={
        <>
          {asksLeft > 0 && (
            <Button tone="primary" disabled={isTooEarly} onClick={onAskAgain} className="tabular-nums">
              {isTooEarly && Number.isFinite(waitMs) ? `Ask again in ${countdown(waitMs)}` : "Ask again"}
            </Button>
          )}
          <Link href="/" className={buttonClasses("neutral")}>
            Back to the start
          </Link>
        </>
      }
    >
      <p>A host did not let you in.</p>
      <p>
        {asksLeft > 0
          ? `If you think that was a mistake, tell them in another way. You may ask ${asksLeftWords(asksLeft)}.`
          : "You have asked as often as one may in one meeting. Talk to the host in another way."}
      </p>
    </MessageScreen>
  );
}
