import type { Output } from "@pulumi/pulumi";
import type { MediaRegion } from "./media/region.ts";
import type { Names } from "./names.ts";
import type { Network } from "./network.ts";
import type { Stage } from "./stage.ts";
import type { Site } from "./regions.ts";

/** The namespace of the prober's metrics. */
export const PROBE_NAMESPACE = "Veet";
export const PROBE_METRIC = "SiteUnreachable";
/** The app answers, but its Redis is unreachable or refuses commands. */
export const STATE_METRIC = "StateUnavailable";
/** The app fails for any other reason. */
export const APP_METRIC = "AppUnreachable";

/** Every minute, requests each site from the region where the app's functions run, as the app would, and asks the app to check too. */
export function createProber(
  stage: Stage,
  names: Names,
  network: Network,
  sites: readonly Site[],
  secret: Output<string>,
): void {
  const { region, provider } = network;
  const addresses = Object.fromEntries(sites.map((site) => [site.name, `https://${names.api(site)}/`]));
  new sst.aws.CronV2(
    `Prober-${region.code}`.replaceAll("-", ""),
    {
      schedule: "rate(1 minute)",
      job: {
        handler: "infra/probe.handler",
        runtime: "nodejs24.x",
        architecture: "arm64",
        memory: "128 MB",
        timeout: "15 seconds",
        environment: {
          PROBE_FROM: region.code,
          PROBE_STAGE: stage.name,
          PROBE_SITES: JSON.stringify(addresses),
          PROBE_APP: `https://${names.app}/api/probe`,
          PROBE_SECRET: secret,
        },
        logging: { retention: "1 week", format: "text" },
      },
    },
    { provider },
  );
}

/** Mails the operator when a site, the app or its state is unreachable for three minutes, or when the prober stops reporting. */
export function watchProber(
  stage: Stage,
  { region }: Network,
  sites: readonly Site[],
  alarm: MediaRegion["alarm"],
): void {
  for (const site of sites) {
    alarm("probe-fails", `${site.name}-from-${region.code}`, {
      namespace: PROBE_NAMESPACE,
      metricName: PROBE_METRIC,
      dimensions: { Stage: stage.name, From: region.code, Site: site.name },
      statistic: "Minimum",
      above: 0,
      minutes: 1,
      times: 3,
      isSilenceBad: true,
    });
  }
  const app = { namespace: PROBE_NAMESPACE, dimensions: { Stage: stage.name, From: region.code } };
  const always = { statistic: "Minimum" as const, above: 0, minutes: 1, times: 3 };
  alarm("state-unavailable", region.code, { ...app, ...always, metricName: STATE_METRIC });
  alarm("app-unreachable", region.code, { ...app, ...always, metricName: APP_METRIC });
}
