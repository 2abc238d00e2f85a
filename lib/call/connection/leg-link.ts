import { ConnectionState } from "livekit-client";
import type { LegStats } from "./home-leg-policy.ts";

/** @param wasTried - Connecting has ended, one way or the other. */
export function linkOf(state: ConnectionState, wasTried: boolean): LegStats["link"] {
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
