import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import type { FirewallMode } from "./settings.ts";
import type { Stage } from "./stage.ts";

/**
 * Requests per address in five minutes, including those that CloudFront answers from its cache. A class of thirty that loads the
 * page, knocks and polls makes 6,000, a company of three hundred in meetings 9,000. The app's own limits are far lower, but
 * each request costs a function run.
 */
export const MOST_REQUESTS = 20_000;

/** The app verifies LiveKit's signatures. A user name that looks like an attack must not stop the event for that participant. */
const WEBHOOK = "/api/livekit/webhook";
/** Users write about code and addresses. The firewall's log would contain matches, and messages must not be in any log. */
const CHAT = { startsWith: "/api/rooms/", endsWith: "/chat" };

export type WebFirewall = { webAclArn?: Output<string> };

/** Headers with which another user could be impersonated. */
const SECRET_HEADERS = ["cookie", "authorization", "x-veet-probe-secret"];

/** The firewall's name in metrics. */
export function firewallMetric(stage: Stage): string {
  return `veet-${stage.name}-web`;
}

/**
 * The firewall in front of CloudFront: a limit per address, Amazon's list of known attacks, and its common list, which only counts.
 *
 * @returns what CloudFront needs to use it; undefined when the operator has turned it off.
 */
export function createWebFirewall(stage: Stage, mode: FirewallMode, provider: aws.Provider): WebFirewall {
  if (mode === "off") return {};
  const acl = new aws.wafv2.WebAcl(
    "Firewall-web",
    {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: visible(firewallMetric(stage)),
      rules: rulesOf(stage, mode === "block"),
    },
    { provider },
  );
  const log = new aws.cloudwatch.LogGroup(
    "Firewall-web",
    // AWS requires this prefix.
    { namePrefix: `aws-waf-logs-veet-${stage.name}-web-`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    "Firewall-web",
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: [{ queryString: {} }, ...SECRET_HEADERS.map((name) => ({ singleHeader: { name } }))],
      // The other requests are in CloudFront's own log.
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    },
    { provider },
  );
  return { webAclArn: acl.arn };
}

type AclRule = aws.types.input.wafv2.WebAclRule;
type Statement = aws.types.input.wafv2.WebAclRuleStatement;

/** In order of evaluation, which ends with the first rule that blocks or allows. */
function rulesOf(stage: Stage, doesBlock: boolean): AclRule[] {
  const rule = (name: string, priority: number, rest: Omit<AclRule, "name" | "priority" | "visibilityConfig">) => ({
    name,
    priority,
    visibilityConfig: visible(`${firewallMetric(stage)}-${name}`),
    ...rest,
  });
  const fromAmazon = (name: string): Statement => ({ managedRuleGroupStatement: { vendorName: "AWS", name } });
  return [
    rule("requests", 1, {
      action: doesBlock ? { block: {} } : { count: {} },
      statement: { rateBasedStatement: { limit: MOST_REQUESTS, aggregateKeyType: "IP" } },
    }),
    rule("unread", 2, { action: { allow: {} }, statement: { orStatement: { statements: unread() } } }),
    rule("known-attacks", 3, {
      overrideAction: doesBlock ? { none: {} } : { count: {} },
      statement: fromAmazon("AWSManagedRulesKnownBadInputsRuleSet"),
    }),
    // If it blocked, it would refuse bodies over 8 kB, URLs in a sign-in's query, and anything that looks like a script.
    rule("common", 4, { overrideAction: { count: {} }, statement: fromAmazon("AWSManagedRulesCommonRuleSet") }),
  ];
}

/** Requests that Amazon's lists do not inspect. The limit per address still counts them. */
function unread(): Statement[] {
  const path = (positionalConstraint: "EXACTLY" | "STARTS_WITH" | "ENDS_WITH", searchString: string): Statement => ({
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint,
      searchString,
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  });
  return [
    path("EXACTLY", WEBHOOK),
    { andStatement: { statements: [path("STARTS_WITH", CHAT.startsWith), path("ENDS_WITH", CHAT.endsWith)] } },
  ];
}

/** Without samples: they would show whole requests with cookies to anyone with access to the console. */
function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
