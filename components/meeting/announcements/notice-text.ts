import type { Notice } from "#lib/rooms/nudge-schema.ts";
import { isolate } from "#components/ui/isolate.ts";

/** What was done to me, said to me. Empty where the screen that follows says it better. */
export function noticeText({ type, by }: Notice): string {
  const host = by === "" ? "The host" : isolate(by);
  switch (type) {
    case "muted":
      return `${host} muted you`;
    case "camera-stopped":
      return `${host} turned off your camera`;
    case "share-stopped":
      return `${host} stopped your screen share`;
    case "hand-lowered":
      return `${host} lowered your hand`;
    case "microphone-locked":
      return `${host} locked microphones for participants`;
    case "camera-locked":
      return `${host} locked cameras for participants`;
    case "screenShare-locked":
      return `${host} locked screen sharing for participants`;
    case "microphone-unlocked":
      return `${host} allowed microphones again`;
    case "camera-unlocked":
      return `${host} allowed cameras again`;
    case "screenShare-unlocked":
      return `${host} allowed screen sharing again`;
    case "made-cohost":
      return "You are now a co-host";
    case "unmade-cohost":
      return "You are no longer a co-host";
    case "became-host":
      return "You are now the host";
    case "expelled":
    case "moved":
    case "ended":
      return "";
    default:
      return type satisfies never;
  }
}
