import * as aws from "@pulumi/aws";
import type { Network } from "#infra/network.ts";
import type { Region } from "#infra/regions.ts";
import type { FirewallMode } from "#infra/settings.ts";
import type { Stage } from "#infra/stage.ts";
import { MOST_REQUESTS } from "#infra/web-firewall.ts";
import type { alarmer } from "./alarms.ts";

/**
 * Requests per address to a region's signalling in five minutes. Above this they are counted and the operator is mailed. It is the limit of
 * the app's firewall; a company of three hundred whose participants join with two legs each makes 1,200.
 */
export const MANY_CONNECTIONS = MOST_REQUESTS;
/**
 * Above this they are blocked. When a server fails, each browser retries after 1.3 s on average for at most five minutes
 * (lib/call/connection/room-options.ts), with a WebSocket and, when that is refused, a request for the reason: 470 requests. Three hundred
 * users behind one address make 141,000, and none of them may be refused while they move to the second leg.
 */
export const MOST_CONNECTIONS = 200_000;

/** Names that metrics and alarms use: the firewall's and its counting rule's. */
export type Firewall = { metric: string; counting: string };

/**
 * Limits how often one address can connect to the gatekeepers, and keeps the access log. The balancer's own log would contain full
 * URLs with tokens; the firewall's log leaves the query out.
 *
 * @returns undefined when the operator has turned it off.
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
    // AWS requires this prefix.
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

/** Per address, for signalling only: the app calls LiveKit's API often and from few addresses. */
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

/** Mails when an address is counted, long before it is blocked, and when requests are blocked. */
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
