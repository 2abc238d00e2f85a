import { WifiOff } from "lucide-react";
import type { Quality } from "#lib/call/meeting.ts";

/** A sign for a connection that is weak or gone; nothing while it is well. Words are said by the name of the tile or row. */
export function QualitySign({ quality, className }: { quality: Quality; className: string }) {
  if (quality === "lost") return <WifiOff aria-hidden="true" className={className} />;
  if (quality !== "poor") return null;
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" fill="currentColor" className={className}>
      <rect x="1.5" y="10" width="3.4" height="4.5" rx="1" />
      <rect x="6.3" y="6" width="3.4" height="8.5" rx="1" opacity="0.35" />
      <rect x="11.1" y="1.5" width="3.4" height="13" rx="1" opacity="0.35" />
    </svg>
  );
}
