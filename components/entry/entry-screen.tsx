"use client";
import type { EntryState } from "#lib/lobby/entry.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import { EntryFrame } from "#components/layout/entry-frame.tsx";
import { ElsewhereChoice } from "#components/green-room/elsewhere-choice.tsx";
import { GreenRoom } from "#components/green-room/green-room.tsx";
import { PreviewStage } from "#components/green-room/preview-stage.tsx";
import { DeniedScreen } from "#components/lobby/denied-screen.tsx";
import { WaitingScreen } from "#components/lobby/waiting-screen.tsx";
import { useEntryState } from "#components/entry/use-entry-state.ts";
import type { EntryView } from "./entry-view.ts";
import type { EntryResources } from "./use-entry-resources.ts";
import type { EntryAttemptState } from "./use-entry-attempt.ts";

type ShownHere = Extract<EntryView, { screen: "green-room" | "elsewhere" | "waiting" | "denied" }>;
type EntryScreenProps = { view: ShownHere; resources: EntryResources; attempt: EntryAttemptState };

const IDLE: EntryState = { status: "idle" };
const ASKING: EntryState = { status: "asking" };

/** The screens on this side of the door on which one can do something. */
export function EntryScreen({ view, resources: { feed, preview }, attempt }: EntryScreenProps) {
  const entry = useEntryState(feed) ?? IDLE;
  const { card } = view;
  switch (view.screen) {
    case "waiting":
      return <WaitingScreen card={card} preview={preview} feed={feed} state={view.state} />;
    case "denied":
      return <DeniedScreen card={card} state={view.state} onAskAgain={() => attempt.ask()} />;
    case "elsewhere":
      return (
        <EntryFrame
          name={card.signedInAs}
          path={meetingPath(card.code)}
          stage={<PreviewStage preview={preview} name={card.signedInAs ?? attempt.guestName} />}
        >
          <ElsewhereChoice
            onMove={() => attempt.ask({ intent: "move" })}
            onSecond={() => attempt.ask({ intent: "second" })}
            onCancel={attempt.dismiss}
          />
        </EntryFrame>
      );
    case "green-room":
      return (
        <GreenRoom
          card={card}
          preview={preview}
          entry={attempt.isAsking ? ASKING : entry}
          guestName={attempt.guestName}
          onGuestName={attempt.setGuestName}
          onEnter={() => attempt.ask()}
        />
      );
    default:
      return view satisfies never;
  }
}
