import * as aws from "@pulumi/aws";
import type { Network } from "#infra/network.ts";
import type { Region } from "#infra/regions.ts";
import type { FirewallMode } from "#infra/settings.ts";
import type { Stage } from "#infra/stage.ts";
import { MOST_REQUESTS } from "#infra/web-firewall.ts";
import type { alarmer } from "./alarms.ts";

/**
 * Requests of one address to a region's signalling in five minutes. From this on they are counted and the operator is mailed: it is
 * the size of the app's firewall, and a company of three hundred that joins with two legs each makes 1,200.
 */
export const MANY_CONNECTIONS = MOST_REQUESTS;
/**
 * From this on they are blocked. When a server falls, each browser tries again after 1.3 s on average for at most five minutes
 * (lib/call/connection/room-options.ts), with a WebSocket and, when that is refused, a request for the reason: 470 requests. Three hundred
 * people behind one address make 141,000, and none of them may be refused in the very moment that the second leg is for.
 */
export const MOST_CONNECTIONS = 200_000;

/** What of the firewall metrics and alarms know: names of its own and of its rules. */
export type Firewall = { metric: string; counting: string };

/**
 * Limits how often one address may come to the gatekeepers, and keeps the access log. The balancer's own log would hold whole
 * addresses with the tokens in them; the firewall's leaves the query out.
 *
 * @returns nothing when the operator has switched it off.
 */
export function createFirewall(
  stage: Stage,
  mode: FirewallMode,
  { region, provider }: Network,
  balancer: aws.lb.LoadBalancer,
): Firewall | undefined {
  if (mode === "off") return undefined;
  const name = `Firewall-${region.code}`;
  const metric = `veet-${stage.name}-${region.code}`;
  const counting = `${metric}-many`;
  const acl = new aws.wafv2.WebAcl(
    name,
    {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visible(metric),
      rules: [
        rule(counting, "many", 1, MANY_CONNECTIONS, { count: {} }),
        rule(
          `${metric}-connections`,
          "connections",
          2,
          MOST_CONNECTIONS,
          mode === "block" ? { block: {} } : { count: {} },
        ),
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
  return { metric, counting };
}

function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

type Rule = aws.types.input.wafv2.WebAclRule;

/** By address, and for signalling only: the app's own calls of LiveKit's API come from few addresses, and many. */
function rule(
  metric: string,
  name: string,
  priority: number,
  limit: number,
  action: NonNullable<Rule["action"]>,
): Rule {
  const isSignalling = {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "STARTS_WITH",
      searchString: "/rtc",
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  };
  return {
    name,
    priority,
    action,
    visibilityConfig: visible(metric),
    statement: { rateBasedStatement: { limit, aggregateKeyType: "IP", scopeDownStatement: isSignalling } },
  };
}

/** Mails when an address comes often, long before it is blocked, and when requests are blocked. */
export function watchFirewall(
  alarm: ReturnType<typeof alarmer>,
  { metric, counting }: Firewall,
  { code, awsRegion }: Region,
): void {
  const watch = (subject: string, metricName: string, rule: string) =>
    alarm("signalling-limited", `${code}-${subject}`, {
      namespace: "AWS/WAFV2",
      metricName,
      dimensions: { WebACL: metric, Region: awsRegion, Rule: rule },
      statistic: "Sum",
      above: 0,
      minutes: 5,
      times: 1,
    });
  watch("counted", "CountedRequests", counting);
  watch("blocked", "BlockedRequests", "ALL");
}
