"use client";
import { useState } from "react";
import { Alone } from "./alone.tsx";
import { FocusStage } from "./focus-stage.tsx";
import { PairStage } from "./pair-stage.tsx";
import { planStage } from "./stage-plan.ts";
import { TileGrid } from "./tile-grid.tsx";
import { useCallState, useView } from "#components/call-context/use-meeting.ts";

/** Faces first: takes all the room there is, and shows what the plan says. */
export function Stage() {
  const people = useCallState((call) => call.people);
  const feeds = useCallState((call) => call.feeds);
  const layout = useView((view) => view.layout);
  const pinned = useView((view) => view.pinned);
  const lastSpeaker = useLastSpeaker();
  const plan = planStage({ people, feeds, layout, pinned, lastSpeaker });
  switch (plan.status) {
    case "alone":
      return <Alone me={plan.me} />;
    case "pair":
      return <PairStage other={plan.other} me={plan.me} />;
    case "grid":
      return <TileGrid tiles={plan.tiles} />;
    case "focus":
      return <FocusStage focus={plan.focus} strip={plan.strip} pinned={pinned} />;
    default:
      return plan satisfies never;
  }
}

/** Who of the others spoke last; stays when they stop, so that the stage does not jump with every breath. */
function useLastSpeaker(): string | undefined {
  const speaking = useCallState(({ speakers, myIdentity }) => speakers.find((identity) => identity !== myIdentity));
  const [last, setLast] = useState(speaking);
  if (speaking !== undefined && speaking !== last) setLast(speaking);
  return speaking ?? last;
}
