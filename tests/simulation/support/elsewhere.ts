import type { Browser, PlaywrightWorkerArgs } from "@playwright/test";
import { ACROSS } from "../../../scripts/stack/site-node.ts";
import type { RunningSite } from "../../../scripts/stack/site.ts";
import config from "../../../playwright.config.ts";

/** A browser in the other region: signalling of each site takes the other way, for whatever it finds at the same addresses. */
export function launchElsewhere(
  { chromium }: PlaywrightWorkerArgs["playwright"],
  sites: readonly RunningSite[],
): Promise<Browser> {
  const options = config.projects?.[0]?.use?.launchOptions;
  const rules = sites.map(({ signalPorts: { here, elsewhere } }) => `MAP 127.0.0.1:${here} 127.0.0.1:${elsewhere}`);
  return chromium.launch({ ...options, args: [...(options?.args ?? []), `--host-resolver-rules=${rules.join(",")}`] });
}

/**
 * Media of a page in the other region takes the other way, too: the server's two addresses change places before the browser hears
 * of them. What is sent over the wire, and everything the product does, stays as it is.
 */
export async function routeMediaElsewhere(context: ReturnType<Browser["contexts"]>[number]): Promise<void> {
  await context.addInitScript((across) => {
    const here = "127.0.0.1";
    const swap = (text: string) =>
      text.replaceAll(/127\.0\.0\.[12]\b/g, (address) => (address === here ? across : here));
    const Before = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Before {
      override setRemoteDescription({ type, sdp = "" }: RTCSessionDescriptionInit): Promise<void> {
        return super.setRemoteDescription({ type, sdp: swap(sdp) });
      }
      override addIceCandidate(init: RTCIceCandidateInit): Promise<void> {
        return super.addIceCandidate({ ...init, candidate: swap(init.candidate ?? "") });
      }
    };
  }, ACROSS);
}
