"use client";
import { useEffect } from "react";
import type { StageTile } from "./stage-plan.ts";
import { useMeeting } from "#components/call-context/use-meeting.ts";

/** Has the picture of a tile received for as long as the tile has its place on the screen, whether or not it is here yet. */
export function useWatched({ person, kind }: Pick<StageTile, "person" | "kind">): void {
  const meeting = useMeeting();
  const { identity, isMe } = person;
  useEffect(
    () => (isMe ? undefined : meeting.watch(identity, kind === "share" ? "screenShare" : "camera")),
    [meeting, identity, isMe, kind],
  );
}
