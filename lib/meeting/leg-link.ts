import { ConnectionState, type Room, RoomEvent } from "livekit-client";
import type { LegPulse } from "./home-decision.ts";

/** The right to publish follows the decision to move within milliseconds; then it is not coming. */
const LEAVE_WITHIN_MS = 3_000;

/** @param wasTried - Connecting has ended, one way or the other. */
export function linkOf(state: ConnectionState, wasTried: boolean): LegPulse["link"] {
  switch (state) {
    case ConnectionState.Connected:
      return "up";
    case ConnectionState.SignalReconnecting:
      return "signal-lost";
    case ConnectionState.Reconnecting:
      return "media-lost";
    case ConnectionState.Connecting:
      return "connecting";
    case ConnectionState.Disconnected:
      return wasTried ? "gone" : "connecting";
    default:
      return state satisfies never;
  }
}

/**
 * Resolves when the server lets me publish in this room.
 *
 * @throws Error when it has not within a few seconds; asking again later is the caller's.
 */
export async function mayPublish(room: Room): Promise<void> {
  const isAllowed = () => room.localParticipant.permissions?.canPublish !== false;
  if (isAllowed()) return;
  await new Promise<void>((resolve, reject) => {
    const settle = () => {
      if (!isAllowed()) return;
      finish();
      resolve();
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error("The server gave no leave to publish."));
    }, LEAVE_WITHIN_MS);
    const finish = () => {
      clearTimeout(timer);
      room.off(RoomEvent.ParticipantPermissionsChanged, settle);
    };
    room.on(RoomEvent.ParticipantPermissionsChanged, settle);
  });
}
