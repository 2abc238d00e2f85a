"use client";
import { useEffect, useRef } from "react";
import type { VideoFeed } from "#lib/meeting/meeting.ts";
import { cx } from "#components/ui/cx.ts";

type PictureProps = { feed: VideoFeed; fit: "cover" | "contain"; isMirrored?: boolean };

/** Shows one feed for as long as it stands on the screen. */
export function Picture({ feed, fit, isMirrored = false }: PictureProps) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => (ref.current ? feed.attach(ref.current) : undefined), [feed]);
  return (
    <video
      ref={ref}
      autoPlay
      playsInline
      muted
      aria-hidden="true"
      tabIndex={-1}
      className={cx(
        "absolute inset-0 size-full",
        fit === "cover" ? "object-cover" : "object-contain",
        isMirrored && "-scale-x-100",
      )}
    />
  );
}
