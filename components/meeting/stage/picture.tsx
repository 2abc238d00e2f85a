"use client";
import { useEffect, useRef, useState } from "react";
import type { VideoFeed } from "#lib/call/meeting.ts";
import { cx } from "#components/ui/cx.ts";

/** `oriented` crops a picture only where its orientation is that of its tile: a face in a wide picture would be cut from a tall tile. */
type Fit = "cover" | "contain" | "oriented";
type PictureProps = { feed: VideoFeed; fit: Fit; isMirrored?: boolean };

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

const FITS = { cover: "object-cover", contain: "object-contain" };
const ORIENTED = {
  wide: "object-cover [@container_(orientation:portrait)]:object-contain",
  tall: "object-contain [@container_(orientation:portrait)]:object-cover",
};

function Video({ feed, fit, isMirrored = false, onPicture }: PictureProps & { onPicture?: () => void }) {
  const ref = useRef<HTMLVideoElement>(null);
  const [isTall, setIsTall] = useState(false);
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
      // Also when a phone is turned.
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => setIsTall(videoHeight > videoWidth)}
      className={cx(
        "absolute inset-0 size-full",
        fit === "oriented" ? ORIENTED[isTall ? "tall" : "wide"] : FITS[fit],
        isMirrored && "-scale-x-100",
      )}
    />
  );
}
