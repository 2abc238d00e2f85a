import type { Output } from "@pulumi/pulumi";
import type { MediaRegion } from "./media/region.ts";
import type { Names } from "./names.ts";
import type { Network } from "./network.ts";
import type { Stage } from "./stage.ts";
import type { Site } from "./regions.ts";

/** Metrics of the prober, by which alarms find them. */
export const PROBE_NAMESPACE = "Veet";
export const PROBE_METRIC = "SiteUnreachable";
/** The app answers, and its Redis does not or refuses. */
export const STATE_METRIC = "StateUnavailable";
/** The app does not answer as it should, for any other reason. */
export const APP_METRIC = "AppUnreachable";

/** Every minute asks each site, as the app would, from the region that the app's functions run in; and has the app look, too. */
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

/** Mails the operator when a site, the app or its state stays out of reach for three minutes, or the prober itself falls silent. */
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
