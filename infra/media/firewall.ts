import * as aws from "@pulumi/aws";
import type { Network } from "#infra/network.ts";
import type { Stage } from "#infra/stage.ts";

/** Connections of one address in five minutes. A class behind one address joins and reconnects well below it. */
const MOST_CONNECTIONS = 2_000;

/**
 * Limits how often one address may come to the door, and keeps the access log. The balancer's own log would hold whole
 * addresses with the tokens in them; the firewall's leaves the query out.
 */
export function createFirewall(stage: Stage, { region, provider }: Network, balancer: aws.lb.LoadBalancer): void {
  const name = `Firewall-${region.code}`;
  const visible = (metricName: string) => ({
    metricName,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
  });
  const acl = new aws.wafv2.WebAcl(
    name,
    {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visible(`veet-${region.code}`),
      rules: [
        {
          name: "connections",
          priority: 1,
          action: { block: {} },
          visibilityConfig: visible(`veet-${region.code}-connections`),
          statement: {
            rateBasedStatement: {
              limit: MOST_CONNECTIONS,
              aggregateKeyType: "IP",
              // The app's own calls come from few addresses, and many.
              scopeDownStatement: {
                byteMatchStatement: {
                  fieldToMatch: { uriPath: {} },
                  positionalConstraint: "STARTS_WITH",
                  searchString: "/rtc",
                  textTransformations: [{ priority: 0, type: "NONE" }],
                },
              },
            },
          },
        },
      ],
    },
    { provider },
  );
  new aws.wafv2.WebAclAssociation(name, { webAclArn: acl.arn, resourceArn: balancer.arn }, { provider });
  const log = new aws.cloudwatch.LogGroup(
    name,
    // AWS takes no other prefix.
    { namePrefix: `aws-waf-logs-veet-${stage.name}-`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    name,
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: [{ queryString: {} }, { singleHeader: { name: "authorization" } }],
    },
    { provider },
  );
}
