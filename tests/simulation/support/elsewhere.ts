import type { Browser, PlaywrightWorkerArgs } from "@playwright/test";
import { ACROSS } from "../../../scripts/stack/site-node.ts";
import type { RunningSite } from "../../../scripts/stack/site.ts";
import config from "../../../playwright.config.ts";

/** A browser in the other region: its signalling takes the long path to the sites, at the same addresses. */
export function launchElsewhere(
  { chromium }: PlaywrightWorkerArgs["playwright"],
  sites: readonly RunningSite[],
): Promise<Browser> {
  const options = config.projects?.[0]?.use?.launchOptions;
  const rules = sites.map(({ signalPorts: { here, elsewhere } }) => `MAP 127.0.0.1:${here} 127.0.0.1:${elsewhere}`);
  return chromium.launch({ ...options, args: [...(options?.args ?? []), `--host-resolver-rules=${rules.join(",")}`] });
}

/**
 * Sends the media of a page in the other region over the long path, too: the server's two addresses are swapped before the browser
 * reads them. The protocol and the product's code are unchanged.
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
