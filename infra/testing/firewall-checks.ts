import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import { all, one } from "./look.ts";

const acl = (graph: Graph) => one(graph, "WebAcl", "Firewall-web").inputs;
const ruleOf = (graph: Graph, name: string) => acl(graph).rules.find((rule: any) => rule.name === name);
const webs = (graph: Graph) => graph.filter(({ type, inputs }) => type === "sst:aws:Nextjs" && inputs.domain);
const inOrder = (graph: Graph): string[] =>
  acl(graph)
    .rules.toSorted((left: any, right: any) => left.priority - right.priority)
    .map(({ name }: any) => name);
const log = (graph: Graph) => one(graph, "WebAclLoggingConfiguration", "Firewall-web").inputs;

const UNREAD = ["/api/livekit/webhook", "/api/rooms/abc-defg-hij/chat"];
const READ = ["/", "/meet/chat", "/api/rooms", "/api/rooms/abc-defg-hij/entry", "/api/livekit/webhook/x"];

/** Whether a path fits, as the firewall reads its statements. */
function isMatch({ orStatement, andStatement, byteMatchStatement }: any, path: string): boolean {
  if (orStatement) return orStatement.statements.some((one: any) => isMatch(one, path));
  if (andStatement) return andStatement.statements.every((one: any) => isMatch(one, path));
  const { positionalConstraint, searchString } = byteMatchStatement;
  if (positionalConstraint === "EXACTLY") return path === searchString;
  return positionalConstraint === "STARTS_WITH" ? path.startsWith(searchString) : path.endsWith(searchString);
}

export const FIREWALL_CHECKS: Check[] = [
  {
    says: "[D35] the app has a firewall of CloudFront's kind, in the region where CloudFront looks for it",
    find: (graph) => [
      ...webs(graph)
        .filter(({ inputs }) => !inputs.transform?.cdn?.webAclArn?.endsWith(":Firewall-web"))
        .map(({ name }) => `${name} has none`),
      ...all(graph, "WebAcl")
        .filter(
          ({ name, inputs, provider }) =>
            (name === "Firewall-web") !== (inputs.scope === "CLOUDFRONT" && provider === "global"),
        )
        .map(({ name }) => `${name} is elsewhere`),
    ],
    plant: [
      (graph) => void delete webs(graph)[0]?.inputs.transform.cdn,
      (graph) => void (acl(graph).scope = "REGIONAL"),
      (graph) => void (one(graph, "WebAcl", "Firewall-web").provider = "euw1"),
    ],
  },
  {
    says: "[D35] requests are limited by address before all else; known attacks are blocked, the common list only counts",
    find: (graph) => {
      const [requests, known, common] = ["requests", "known-attacks", "common"].map((name) => ruleOf(graph, name));
      const isFine =
        inOrder(graph)[0] === "requests" &&
        requests.action.block &&
        requests.statement.rateBasedStatement.aggregateKeyType === "IP" &&
        requests.statement.rateBasedStatement.scopeDownStatement === undefined &&
        known.overrideAction.none &&
        common.overrideAction.count;
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
    says: "[D35] what LiveKit tells and what people write is let through before Amazon's lists look at it",
    find: (graph) => {
      const { action, statement } = ruleOf(graph, "unread");
      const isEarly = inOrder(graph).indexOf("unread") < inOrder(graph).indexOf("known-attacks");
      return [
        ...UNREAD.filter((path) => !isMatch(statement, path)),
        ...READ.filter((path) => isMatch(statement, path)),
        ...(action.allow && isEarly ? [] : ["the rule lets nothing through"]),
      ];
    },
    plant: [
      (graph) => void (ruleOf(graph, "unread").priority = 9),
      (graph) => void ruleOf(graph, "unread").statement.orStatement.statements.pop(),
      (graph) => void ruleOf(graph, "unread").statement.orStatement.statements[1].andStatement.statements.shift(),
    ],
  },
  {
    says: "[D22] the app's firewall logs what it blocks or counts, without queries, cookies and proofs, and keeps no samples",
    find: (graph) => {
      const { redactedFields, loggingFilter } = log(graph);
      const headers = redactedFields.flatMap(({ singleHeader }: any) => singleHeader?.name ?? []);
      const isRedacted =
        redactedFields.some(({ queryString }: any) => queryString) &&
        ["cookie", "authorization", "x-veet-probe-secret"].every((name) => headers.includes(name));
      const { rules, visibilityConfig } = acl(graph);
      const isUnseen = [visibilityConfig, ...rules.map((rule: any) => rule.visibilityConfig)].every(
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
