import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import type { Kinds } from "./kinds.ts";
import { all, failing, one, webOf } from "./look.ts";

const acl = (graph: Graph) => one(graph, "WebAcl", "Firewall-web").inputs;
type Rule = Kinds["WebAcl"]["rules"][number];
type Statement = NonNullable<Rule["statement"]>;
const ruleOf = (graph: Graph, name: string): Rule => {
  const rule = acl(graph).rules.find((candidate) => candidate.name === name);
  if (!rule) throw new Error(`There is no rule "${name}"`);
  return rule;
};
const inOrder = (graph: Graph): string[] =>
  acl(graph)
    .rules.toSorted((left, right) => left.priority - right.priority)
    .map(({ name }) => name);
const log = (graph: Graph) => one(graph, "WebAclLoggingConfiguration", "Firewall-web").inputs;

const UNREAD = ["/api/livekit/webhook", "/api/rooms/abc-defg-hij/chat"];
const READ = ["/", "/meet/chat", "/api/rooms", "/api/rooms/abc-defg-hij/entry", "/api/livekit/webhook/x"];

const passedBy = (graph: Graph): Statement[] => ruleOf(graph, "unread").statement?.orStatement?.statements ?? [];

/** Whether a path matches, as the firewall evaluates its statements. */
function isMatch({ orStatement, andStatement, byteMatchStatement }: Statement, path: string): boolean {
  if (orStatement?.statements) return orStatement.statements.some((one) => isMatch(one, path));
  if (andStatement?.statements) return andStatement.statements.every((one) => isMatch(one, path));
  if (!byteMatchStatement) throw new Error("The firewall has another kind of statement");
  const { positionalConstraint, searchString } = byteMatchStatement;
  if (positionalConstraint === "EXACTLY") return path === searchString;
  return positionalConstraint === "STARTS_WITH" ? path.startsWith(searchString) : path.endsWith(searchString);
}

const signalling = (graph: Graph, code: string, name: string): Rule => {
  const { inputs } = one(graph, "WebAcl", `Firewall-${code}`);
  const rule = inputs.rules.find((candidate) => candidate.name === name);
  if (!rule) throw new Error(`There is no rule "${name}"`);
  return rule;
};
const limitOf = (rule: Rule) => rule.statement?.rateBasedStatement?.limit ?? 0;

export const FIREWALL_CHECKS: Check[] = [
  {
    says: "[D58] signalling's firewall counts an address above the app's limit, and blocks it only far above a company's reconnects after a server failure",
    find: (graph, codes) =>
      codes.filter((code) => {
        const [many, connections] = [signalling(graph, code, "many"), signalling(graph, code, "connections")];
        const retries = 300 * 470;
        return !(
          many.priority < connections.priority &&
          many.action?.count &&
          limitOf(many) === limitOf(ruleOf(graph, "requests")) &&
          connections.action?.block &&
          limitOf(connections) > retries
        );
      }),
    plant: [
      (graph) => void (signalling(graph, "use1", "many").action = { block: {} }),
      (graph) => void (signalling(graph, "euw1", "connections").statement!.rateBasedStatement!.limit = 2_000),
      (graph) => void (signalling(graph, "use1", "many").priority = 3),
    ],
  },
  {
    says: "[D58] the operator is mailed when signalling's firewall counts or blocks",
    find: (graph, codes) =>
      codes.flatMap((code) => {
        const { visibilityConfig } = one(graph, "WebAcl", `Firewall-${code}`).inputs;
        const region = one(graph, "VpcPeeringConnection", "Peering-use1-euw1").inputs.peerRegion;
        const watched = [
          ["counted", "CountedRequests", signalling(graph, code, "many").visibilityConfig.metricName],
          ["blocked", "BlockedRequests", "ALL"],
        ];
        return watched
          .filter(([subject, metricName, rule]) => {
            const { inputs } = one(graph, "MetricAlarm", `Alarm-signalling-limited-${code}-${subject}`);
            const { WebACL, Region, Rule: watchedRule } = inputs.dimensions;
            const isThere = code !== "euw1" || Region === region;
            return !(
              isThere &&
              inputs.metricName === metricName &&
              WebACL === visibilityConfig.metricName &&
              watchedRule === rule
            );
          })
          .map(([subject]) => `${code} ${subject}`);
      }),
    plant: [
      (graph) =>
        void (one(graph, "MetricAlarm", "Alarm-signalling-limited-use1-counted").inputs.dimensions.Rule =
          "connections"),
      (graph) =>
        void (one(graph, "MetricAlarm", "Alarm-signalling-limited-euw1-blocked").inputs.dimensions.Region =
          "us-east-1"),
    ],
  },
  {
    says: "[D35] the app has a firewall with CloudFront's scope, in the region that CloudFront requires",
    find: (graph) => [
      ...failing([webOf(graph)], ({ inputs }) => inputs.transform.cdn?.webAclArn?.endsWith(":Firewall-web") === true),
      ...all(graph, "WebAcl")
        .filter(
          ({ name, inputs, provider }) =>
            (name === "Firewall-web") !== (inputs.scope === "CLOUDFRONT" && provider === "global"),
        )
        .map(({ name }) => `${name} is elsewhere`),
    ],
    plant: [
      (graph) => void delete webOf(graph).inputs.transform.cdn,
      (graph) => void (acl(graph).scope = "REGIONAL"),
      (graph) => void (one(graph, "WebAcl", "Firewall-web").provider = "euw1"),
    ],
  },
  {
    says: "[D35] the limit per address comes first; known attacks are blocked, the common list only counts",
    find: (graph) => {
      const { action, statement } = ruleOf(graph, "requests");
      const limit = statement?.rateBasedStatement;
      const isFine =
        inOrder(graph)[0] === "requests" &&
        action?.block &&
        limit?.aggregateKeyType === "IP" &&
        limit.scopeDownStatement === undefined &&
        ruleOf(graph, "known-attacks").overrideAction?.none &&
        ruleOf(graph, "common").overrideAction?.count;
      return isFine ? [] : ["the rules"];
    },
    plant: [
      (graph) => void (ruleOf(graph, "requests").action = { count: {} }),
      (graph) => void (ruleOf(graph, "requests").priority = 9),
      (graph) => void (ruleOf(graph, "common").overrideAction = { none: {} }),
      (graph) => void (ruleOf(graph, "known-attacks").overrideAction = { count: {} }),
    ],
  },
  {
    says: "[D35] webhooks and chat messages are allowed before Amazon's lists inspect them",
    find: (graph) => {
      const { action, statement } = ruleOf(graph, "unread");
      const isEarly = inOrder(graph).indexOf("unread") < inOrder(graph).indexOf("known-attacks");
      return [
        ...UNREAD.filter((path) => !isMatch(statement, path)),
        ...READ.filter((path) => isMatch(statement, path)),
        ...(action?.allow && isEarly ? [] : ["the rule lets nothing through"]),
      ];
    },
    plant: [
      (graph) => void (ruleOf(graph, "unread").priority = 9),
      (graph) => void passedBy(graph).pop(),
      (graph) => void passedBy(graph)[1]?.andStatement?.statements?.shift(),
    ],
  },
  {
    says: "[D22] the app's firewall logs what it blocks or counts, without queries, cookies and credentials, and keeps no samples",
    find: (graph) => {
      const { redactedFields, loggingFilter } = log(graph);
      const headers = redactedFields.flatMap(({ singleHeader }) => singleHeader?.name ?? []);
      const isRedacted =
        redactedFields.some(({ queryString }) => queryString) &&
        ["cookie", "authorization", "x-veet-probe-secret"].every((name) => headers.includes(name));
      const { rules, visibilityConfig } = acl(graph);
      const isUnseen = [visibilityConfig, ...rules.map((rule) => rule.visibilityConfig)].every(
        ({ sampledRequestsEnabled }) => sampledRequestsEnabled === false,
      );
      return isRedacted && isUnseen && loggingFilter.defaultBehavior === "DROP" ? [] : ["the log tells too much"];
    },
    plant: [
      (graph) => void log(graph).redactedFields.splice(1, 1),
      (graph) => void (log(graph).loggingFilter.defaultBehavior = "KEEP"),
      (graph) => void (ruleOf(graph, "common").visibilityConfig.sampledRequestsEnabled = true),
    ],
  },
];
