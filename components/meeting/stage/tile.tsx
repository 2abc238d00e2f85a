"use client";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { cx } from "#components/ui/cx.ts";
import { Picture } from "./picture.tsx";
import { PinButton } from "./pin-button.tsx";
import type { StageTile } from "./stage-plan.ts";
import { TileLabel } from "./tile-label.tsx";
import { participantLabel } from "#components/people/participant-label.ts";
import { useMedia } from "#components/call-context/use-meeting.ts";
import { useWatched } from "./use-watched.ts";

type TileProps = Omit<StageTile, "key"> & {
  tileKey: string;
  isPinned: boolean;
  /** The whole tile is the button that puts it in front: for tiles beside the one in front. */
  isPressable?: boolean;
};

/** One person on the stage: the picture or the initials, the name, and what others need to know. */
export const Tile = memo(function Tile({ feed, person, kind, isPinned, isPressable = false, tileKey }: TileProps) {
  const t = useTranslations();
  useWatched({ person, kind });
  const isMirrored = useMedia(({ camera }) => camera.isMirrored) && person.isMe && kind === "person";
  const isSpeaking = kind === "person" && person.isSpeaking && person.isMicrophoneOn;
  return (
    <div
      role="group"
      aria-label={participantLabel(t, kind, person)}
      data-identity={person.identity}
      data-speaking={isSpeaking || undefined}
      className="group @container-size relative size-full overflow-hidden rounded-surface bg-stage text-on-stage"
    >
      {feed && <Picture feed={feed} fit={kind === "share" ? "contain" : "cover"} isMirrored={isMirrored} />}
      {!feed && kind === "person" && (
        <div className="grid size-full place-items-center">
          <Avatar
            name={person.name}
            size="large"
            className="size-[min(7rem,46cqmin)]! text-[length:min(2.5rem,17cqmin)]!"
          />
        </div>
      )}
      <TileLabel person={person} kind={kind} />
      <div
        aria-hidden="true"
        className={cx(
          "pointer-events-none absolute inset-0 rounded-surface border-3 transition-colors duration-150",
          isSpeaking ? "border-accent" : "border-transparent",
        )}
      />
      <PinButton name={person.name} {...{ tileKey, kind, isPinned, isPressable }} />
    </div>
  );
});
