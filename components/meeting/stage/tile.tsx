"use client";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { cx } from "#components/ui/cx.ts";
import { groundOf } from "#components/ui/initials.ts";
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
  /** Under a finger the whole tile is the button to pin it, so one that is dragged cannot be pinned. */
  canPin?: boolean;
  /** The whole tile is the button that puts it in front: for tiles beside the one in front. */
  isPressable?: boolean;
  /** The tile is the whole stage: a picture of the other orientation is shown whole, not cropped. */
  isWhole?: boolean;
};

/** Grounds of tiles without a picture, in the order of the avatars' grounds. */
const TINTS = [
  "bg-avatar-1/30",
  "bg-avatar-2/30",
  "bg-avatar-3/30",
  "bg-avatar-4/30",
  "bg-avatar-5/30",
  "bg-avatar-6/30",
  "bg-avatar-7/30",
  "bg-avatar-8/30",
];

/** One person on the stage: the picture or the initials, the name, and what others need to know. */
export const Tile = memo(function Tile(props: TileProps) {
  const { feed, person, kind, isPinned, canPin = true, isPressable = false, isWhole = false, tileKey } = props;
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
      className="group @container-size relative size-full overflow-hidden rounded-surface bg-stage text-on-stage inset-ring inset-ring-stage-edge"
    >
      {feed && (
        <Picture
          feed={feed}
          fit={kind === "share" ? "contain" : isWhole ? "oriented" : "cover"}
          isMirrored={isMirrored}
        />
      )}
      {!feed && kind === "person" && (
        <div className={cx("grid size-full place-items-center", TINTS[groundOf(person.name) - 1])}>
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
      {canPin && <PinButton name={person.name} {...{ tileKey, kind, isPinned, isPressable }} />}
    </div>
  );
});
