import * as aws from "@pulumi/aws";
import { alarmer, createTopic } from "./media/alarms.ts";
import type { MediaRegion } from "./media/region.ts";
import type { Network } from "./network.ts";
import type { Stage } from "./stage.ts";
import { type WebFirewall, firewallMetric } from "./web-firewall.ts";

/** Alarms on the app, its firewall and Route 53's health checks, and CloudFront's access log. */
export function watchWeb(
  stage: Stage,
  web: sst.aws.Nextjs,
  networks: readonly Network[],
  media: readonly MediaRegion[],
  { email, firewall }: { email: string; firewall: WebFirewall },
  provider: aws.Provider,
): void {
  networks.forEach(({ region }, index) => {
    const alarm = media[index]?.alarm;
    if (!alarm) throw new Error(`No alarms for ${region.code}`);
    // Covers the whole account in that region: nothing else runs there, and SST chooses the functions' names.
    const lambda = { namespace: "AWS/Lambda", statistic: "Sum" as const, minutes: 5, times: 2 };
    alarm("app-errors", region.code, { ...lambda, metricName: "Errors", above: 10 });
    alarm("app-throttled", region.code, { ...lambda, metricName: "Throttles", above: 0 });
  });
  const alarm = alarmer(stage, createTopic("global", email, provider), provider);
  for (const { site, healthCheck } of media.flatMap(({ sites }) => sites)) {
    alarm("site-unreachable", site.name, {
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: healthCheck.id },
      statistic: "Minimum",
      below: 1,
      minutes: 1,
      times: 3,
      isSilenceBad: true,
    });
  }
  if (firewall.webAclArn) watchFirewall(stage, alarm);
  createAccessLog(stage, web, provider);
}

function watchFirewall(stage: Stage, alarm: MediaRegion["alarm"]): void {
  alarm("requests-blocked", "web", {
    namespace: "AWS/WAFV2",
    metricName: "BlockedRequests",
    dimensions: { WebACL: firewallMetric(stage), Rule: "ALL" },
    statistic: "Sum",
    above: 1_000,
    minutes: 5,
    times: 2,
  });
}

/** CloudFront's access log, without cookies and queries. */
function createAccessLog(stage: Stage, web: sst.aws.Nextjs, provider: aws.Provider): void {
  const distribution = web.nodes.cdn?.nodes.distribution.arn;
  if (!distribution) return;
  const options = { provider };
  const group = new aws.cloudwatch.LogGroup(
    "AccessLog",
    { name: `/veet/${stage.name}/access`, retentionInDays: stage.logRetentionDays },
    options,
  );
  const source = new aws.cloudwatch.LogDeliverySource(
    "AccessLog",
    { name: `veet-${stage.name}`, logType: "ACCESS_LOGS", resourceArn: distribution },
    options,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    "AccessLog",
    {
      name: `veet-${stage.name}`,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: group.arn },
    },
    options,
  );
  new aws.cloudwatch.LogDelivery(
    "AccessLog",
    {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: [
        "timestamp(ms)",
        "c-ip",
        "cs-method",
        "cs-uri-stem",
        "sc-status",
        "time-taken",
        "x-edge-location",
        "x-edge-result-type",
        "x-edge-request-id",
      ],
    },
    options,
  );
}
