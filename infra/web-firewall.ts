import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import type { FirewallMode } from "./settings.ts";
import type { Stage } from "./stage.ts";

/**
 * Requests of one address in five minutes, CloudFront's answers from its cache among them. A class of thirty that loads the
 * page, knocks and polls makes 6,000, a company of three hundred in meetings 9,000. The app's own limits are far below, but
 * each costs a function that runs.
 */
export const MOST_REQUESTS = 20_000;

/** LiveKit's proofs are checked by the app. A name that looks like an attack must not keep its owner's arrival from being told. */
const WEBHOOK = "/api/livekit/webhook";
/** People write about code and addresses. The firewall's log would hold what it found, and messages are in no log. */
const CHAT = { startsWith: "/api/rooms/", endsWith: "/chat" };

export type WebFirewall = { webAclArn?: Output<string> };

/** What somebody could pass for another with. */
const SECRET_HEADERS = ["cookie", "authorization", "x-veet-probe-secret"];

/** By the name that metrics know it by. */
export function firewallMetric(stage: Stage): string {
  return `veet-${stage.name}-web`;
}

/**
 * What stands before CloudFront: a limit by address, Amazon's list of known attacks, and its common list, which only counts.
 *
 * @returns what its CloudFront is told of it; nothing when the operator has switched it off.
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
    // AWS takes no other prefix.
    { namePrefix: `aws-waf-logs-veet-${stage.name}-web-`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    "Firewall-web",
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: [{ queryString: {} }, ...SECRET_HEADERS.map((name) => ({ singleHeader: { name } }))],
      // CloudFront's own log has the others.
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

/** In the order in which they are asked; the first that blocks or lets through is the last. */
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
    // Blocking, it would refuse bodies over 8 kB, addresses in a sign-in's query, and whatever it takes for a script.
    rule("common", 4, { overrideAction: { count: {} }, statement: fromAmazon("AWSManagedRulesCommonRuleSet") }),
  ];
}

/** Requests whose content Amazon's lists do not look at. They are counted by address like all others. */
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

/** Without samples: they would show whole requests, cookies included, to whoever may open the console. */
function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
