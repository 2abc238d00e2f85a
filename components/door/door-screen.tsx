"use client";
import type { EntryState } from "#lib/lobby/entry.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { DoorFrame } from "#components/green-room/door-frame.tsx";
import { ElsewhereChoice } from "#components/green-room/elsewhere-choice.tsx";
import { GreenRoom } from "#components/green-room/green-room.tsx";
import { PreviewStage } from "#components/green-room/preview-stage.tsx";
import { DeniedScreen } from "#components/lobby/denied-screen.tsx";
import { WaitingScreen } from "#components/lobby/waiting-screen.tsx";
import { useOptionalEntry } from "#components/lobby/use-entry.ts";
import type { DoorView } from "./door-view.ts";
import type { Door } from "./use-door.ts";
import type { Visit } from "./use-visit.ts";

type ShownHere = Extract<DoorView, { screen: "green-room" | "elsewhere" | "waiting" | "denied" }>;
type DoorScreenProps = { view: ShownHere; door: Door; visit: Visit };

const IDLE: EntryState = { status: "idle" };
const ASKING: EntryState = { status: "asking" };

/** The screens on this side of the door on which one can do something. */
export function DoorScreen({ view, door: { feed, preview }, visit }: DoorScreenProps) {
  const entry = useOptionalEntry(feed) ?? IDLE;
  const { card } = view;
  switch (view.screen) {
    case "waiting":
      return <WaitingScreen card={card} preview={preview} feed={feed} state={view.state} />;
    case "denied":
      return <DeniedScreen card={card} state={view.state} onAskAgain={() => visit.ask()} />;
    case "elsewhere":
      return (
        <DoorFrame
          name={card.signedInAs}
          path={meetingPath(card.code)}
          stage={<PreviewStage preview={preview} name={card.signedInAs ?? visit.guestName} />}
        >
          <ElsewhereChoice
            onMove={() => visit.ask({ intent: "move" })}
            onSecond={() => visit.ask({ intent: "second" })}
            onCancel={visit.dismiss}
          />
        </DoorFrame>
      );
    case "green-room":
      return (
        <GreenRoom
          card={card}
          preview={preview}
          entry={visit.isAsking ? ASKING : entry}
          guestName={visit.guestName}
          onGuestName={visit.setGuestName}
          onEnter={() => visit.ask()}
        />
      );
    default:
      return view satisfies never;
  }
}
