"use client";
import { useEffect, useRef, useState } from "react";
import type { VideoFeed } from "#lib/call/meeting.ts";
import { cx } from "#components/ui/cx.ts";

type PictureProps = { feed: VideoFeed; fit: "cover" | "contain"; isMirrored?: boolean };

/** A feed that has no picture after this long, in ms, does not keep an old one standing that may be frozen. */
const PATIENCE_MS = 5_000;

/**
 * Shows a feed for as long as it stands on the screen. When another takes its place the old one stays below until the new
 * one has a picture: a participant who moves to another server does not flicker.
 */
export function Picture({ feed, ...look }: PictureProps) {
  const [settled, setSettled] = useState(feed);
  const isChanging = settled.id !== feed.id;
  useEffect(() => {
    if (!isChanging) return;
    const timer = setTimeout(() => setSettled(feed), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [feed, isChanging]);
  return (
    <>
      {isChanging && <Video key={settled.id} feed={settled} {...look} />}
      <Video key={feed.id} feed={feed} {...look} onPicture={() => setSettled(feed)} />
    </>
  );
}

function Video({ feed, fit, isMirrored = false, onPicture }: PictureProps & { onPicture?: () => void }) {
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
      onLoadedData={onPicture}
      className={cx(
        "absolute inset-0 size-full",
        fit === "cover" ? "object-cover" : "object-contain",
        isMirrored && "-scale-x-100",
      )}
    />
  );
}
