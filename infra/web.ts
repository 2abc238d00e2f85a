import { type Output, output } from "@pulumi/pulumi";
import { AT_THE_EDGE, IN_THE_FUNCTION } from "./edge.ts";
import type { KeyPair } from "./keys.ts";
import type { Names } from "./names.ts";
import type { Site } from "./regions.ts";
import type { Secrets } from "./secrets.ts";
import type { Limits } from "./settings.ts";
import type { Stage } from "./stage.ts";
import type { State } from "./state.ts";
import { OPEN_NEXT_VERSION } from "./versions.ts";
import { checkSize, webEnvironment } from "./web-environment.ts";
import type { WebFirewall } from "./web-firewall.ts";

export type WebPlan = {
  stage: Stage;
  names: Names;
  sites: { site: Site; keys: Output<[KeyPair, ...KeyPair[]]> }[];
  state: State;
  secrets: Secrets;
  probeSecret: Output<string>;
  firewall: WebFirewall;
  limits: Limits;
};

/** Pages and API: assets in S3, functions in every region, CloudFront in front of both. */
export function createWeb(plan: WebPlan): sst.aws.Nextjs {
  const { stage, names, sites, state, secrets, probeSecret, firewall, limits } = plan;
  const environment = output({ sites, redis: state, secrets, probeSecret }).apply((known) =>
    checkSize(webEnvironment({ names, limits, ...known })),
  );
  return new sst.aws.Nextjs("Web", {
    path: ".",
    domain: names.app,
    openNextVersion: OPEN_NEXT_VERSION,
    regions: stage.regions.map(({ awsRegion }) => awsRegion),
    // Function URLs accept only CloudFront's signature. Plain "oac" would require browsers to hash their request bodies.
    protection: "oac-with-edge-signing",
    edge: { viewerRequest: { injection: AT_THE_EDGE } },
    environment,
    warm: stage.isProduction ? 2 : 0,
    server: {
      architecture: "arm64",
      // The smallest size with more than half a CPU: with less, a cold start takes twice as long.
      memory: "1024 MB",
      timeout: "20 seconds",
    },
    transform: {
      cdn: firewall,
      server: (args) => {
        args.injections = output(args.injections).apply((before) => [...(before ?? []), IN_THE_FUNCTION]);
        args.logging = { retention: stage.isProduction ? "1 month" : "1 week", format: "text" };
      },
    },
  });
}
