import { KEEP_CONNECTION_MS } from "#lib/keep-alive.ts";
import type { Check } from "./check.ts";
import type { Resource } from "./graph.ts";
import type { Kinds } from "./kinds.ts";
import { all, failing, one, sitesIn } from "./look.ts";

const isAlb = ({ inputs }: Resource<Kinds["LoadBalancer"]>) => inputs.loadBalancerType === "application";

type Rule = Resource<Kinds["ListenerRule"]>;

/** Checks of everything between the internet and the nodes. */
export const DOOR_CHECKS: Check[] = [
  {
    says: "[D9] targets drain within a minute, and TURN's targets are the machines, not the service",
    find: (graph) => {
      const turn = all(graph, "TargetGroup").filter(({ name }) => name.startsWith("Turn-"));
      const ofServices = sitesIn(graph).flatMap((site) =>
        one(graph, "ecs/service:Service", `Media-${site}`).inputs.loadBalancers.map(
          ({ targetGroupArn }) => targetGroupArn,
        ),
      );
      const isAttached = (site: string) =>
        all(graph, "Attachment").some(
          ({ name, inputs }) => name === `Turn-${site}` && /Turn-/.test(inputs.lbTargetGroupArn),
        );
      return [
        ...failing(all(graph, "TargetGroup"), ({ inputs }) => inputs.deregistrationDelay <= 60),
        ...failing(turn, ({ name }) => !ofServices.some((arn) => arn?.endsWith(`:${name}`))),
        ...sitesIn(graph).filter((site) => !isAttached(site)),
      ];
    },
    plant: [
      (graph) => void (one(graph, "TargetGroup", "Door-use1a").inputs.deregistrationDelay = 300),
      (graph) =>
        void one(graph, "ecs/service:Service", "Media-use1a").inputs.loadBalancers.push({
          targetGroupArn: "arn:x:Turn-use1",
          containerName: "livekit",
          containerPort: 5349,
        }),
      (graph) => void graph.splice(graph.indexOf(one(graph, "Attachment", "Turn-euw1b")), 1),
    ],
  },
  {
    says: "[D10] load balancers accept TLS only, and answer 404 to unknown host names",
    find: (graph) =>
      failing(
        all(graph, "Listener"),
        ({ inputs }) =>
          inputs.port === 443 &&
          ["HTTPS", "TLS"].includes(inputs.protocol) &&
          /TLS13/.test(inputs.sslPolicy) &&
          (inputs.protocol === "TLS" || inputs.defaultActions[0]?.fixedResponse?.statusCode === "404"),
      ),
    plant: [
      (graph) => void (one(graph, "Listener", "Signalling-use1").inputs.protocol = "HTTP"),
      (graph) => void (one(graph, "Listener", "Signalling-use1").inputs.defaultActions = [{ type: "forward" }]),
    ],
  },
  {
    says: "[D40] the load balancer closes an idle connection before its gatekeeper does",
    find: (graph) =>
      failing(
        all(graph, "LoadBalancer").filter(isAlb),
        ({ inputs }) => (inputs.idleTimeout ?? Infinity) * 1_000 < KEEP_CONNECTION_MS,
      ),
    plant: [(graph) => void (one(graph, "LoadBalancer", "Signalling-use1").inputs.idleTimeout = 3600)],
  },
  {
    says: "[D20] signalling reaches the gatekeeper only; of LiveKit only the room API and its health are reachable",
    find: (graph) => {
      const paths = (rule: Rule): string[] => rule.inputs.conditions.flatMap((one) => one.pathPattern?.values ?? []);
      const port = (rule: Rule) =>
        all(graph, "TargetGroup").find(({ name }) => rule.inputs.actions[0]?.targetGroupArn?.endsWith(`:${name}`))
          ?.inputs.port;
      const hosts = (rule: Rule): string[] => rule.inputs.conditions.flatMap((one) => one.hostHeader?.values ?? []);
      return failing(all(graph, "ListenerRule"), (rule) => {
        if (hosts(rule).length !== 1) return false;
        const isApi = hosts(rule)[0]!.startsWith("api-");
        if (port(rule) === 7889) return !isApi && paths(rule).every((path) => /^\/rtc(\/\*)?$/.test(path));
        const allowed = ["/twirp/livekit.RoomService/*", "/"];
        return port(rule) === 7880 && isApi && paths(rule).length === 1 && allowed.includes(paths(rule)[0]!);
      });
    },
    plant: [
      (graph) => void (one(graph, "ListenerRule", "Door-use1a").inputs.actions[0]!.targetGroupArn = "arn:x:Api-use1a"),
      (graph) => void (one(graph, "ListenerRule", "Api-use1a").inputs.conditions[1]!.pathPattern!.values = ["/*"]),
      (graph) => void one(graph, "ListenerRule", "Api-use1a").inputs.conditions.splice(0, 1),
    ],
  },
  {
    says: "[D22] requests to load balancers are logged, without tokens",
    find: (graph) => {
      const logs = all(graph, "WebAclLoggingConfiguration");
      const associated = all(graph, "WebAclAssociation").map(({ inputs }) => inputs.resourceArn);
      return [
        ...failing(logs, ({ inputs }) => inputs.redactedFields.some((field) => field.queryString)),
        ...failing(all(graph, "LoadBalancer").filter(isAlb), ({ name, inputs }) => {
          const isCovered = associated.some((arn) => arn.endsWith(`:${name}`)) && logs.length > 0;
          return isCovered && inputs.accessLogs === undefined;
        }),
        ...failing(
          all(graph, "LoadBalancer").filter((one) => !isAlb(one)),
          ({ inputs }) => inputs.accessLogs?.enabled === true,
        ),
        ...failing(all(graph, "LogDelivery"), ({ inputs }) =>
          inputs.recordFields.every((field: string) => !/query|cookie|authorization/i.test(field)),
        ),
        ...(all(graph, "LogDelivery").length === 1 ? [] : ["CloudFront keeps no log"]),
      ];
    },
    plant: [
      (graph) => void (one(graph, "WebAclLoggingConfiguration", "Firewall-use1").inputs.redactedFields = []),
      (graph) =>
        void (one(graph, "LoadBalancer", "Signalling-use1").inputs.accessLogs = { bucket: "logs", enabled: true }),
      (graph) => void delete one(graph, "LoadBalancer", "Turn-use1").inputs.accessLogs,
      (graph) => void one(graph, "LogDelivery", "AccessLog").inputs.recordFields.push("cs-uri-query"),
    ],
  },
];
