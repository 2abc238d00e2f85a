import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import type { Names } from "#infra/names.ts";
import { type Network, subnetIds } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import { type Stage, isKept } from "#infra/stage.ts";
import { createLogBucket } from "./access-logs.ts";
import { PORTS } from "./ports.ts";
import type { SecurityGroups } from "./security-groups.ts";

export type LoadBalancers = {
  signalling: aws.lb.LoadBalancer;
  listener: aws.lb.Listener;
  turn: aws.lb.LoadBalancer;
  turnTargets: aws.lb.TargetGroup;
};
export type SiteTargets = { gatekeeper: aws.lb.TargetGroup; api: aws.lb.TargetGroup; rules: aws.lb.ListenerRule[] };

/** At least TLS 1.2, with forward secrecy. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
/** AWS's default. */
const BALANCER_IDLE_SECONDS = 60;
/** ECS stops a task only after its targets have drained. WebSockets that are cut resume through another node within a second. */
const DRAIN_SECONDS = 30;

/** One balancer for signalling, which routes by host name, and one for TURN over TLS, which only forwards bytes. */
export function createLoadBalancers(
  stage: Stage,
  network: Network,
  groups: SecurityGroups,
  certificateArn: Output<string>,
): LoadBalancers {
  const { region, provider, vpc } = network;
  const shared = { subnets: subnetIds(network, "public"), enableDeletionProtection: isKept(stage, region) };
  const signalling = new aws.lb.LoadBalancer(
    `Signalling-${region.code}`,
    {
      ...shared,
      loadBalancerType: "application",
      securityGroups: [groups.signalling.id],
      // LiveKit pings every 10 s, so no WebSocket is idle this long. The balancer also keeps idle connections to targets this long; the
      // target must close last, so gatekeepers keep theirs for 150 s.
      idleTimeout: BALANCER_IDLE_SECONDS,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
    },
    // AWS refuses an internet-facing balancer in a network without an internet gateway.
    { provider, dependsOn: network.internet },
  );
  const listener = new aws.lb.Listener(
    `Signalling-${region.code}`,
    {
      loadBalancerArn: signalling.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn,
      // Any other host name or path is not ours.
      defaultActions: [
        { type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "" } },
      ],
    },
    { provider },
  );
  const logs = createLogBucket(stage, network);
  const turn = new aws.lb.LoadBalancer(
    `Turn-${region.code}`,
    {
      ...shared,
      loadBalancerType: "network",
      securityGroups: [groups.turn.id],
      // A node in the other zone can serve the request: credentials belong to the region's key.
      enableCrossZoneLoadBalancing: true,
      accessLogs: { enabled: true, bucket: logs.bucket, prefix: "turn" },
    },
    { provider, dependsOn: [logs.policy, ...network.internet] },
  );
  const turnTargets = new aws.lb.TargetGroup(
    `Turn-${region.code}`,
    {
      vpcId: vpc.id,
      port: PORTS.turnTcp,
      protocol: "TCP",
      targetType: "instance",
      deregistrationDelay: DRAIN_SECONDS,
      // Not LiveKit's own health: that is 406 without Valkey, while relaying still works.
      healthCheck: { protocol: "TCP", port: String(PORTS.turnTcp), interval: 10, healthyThreshold: 2 },
    },
    { provider },
  );
  new aws.lb.Listener(
    `Turn-${region.code}`,
    {
      loadBalancerArn: turn.arn,
      port: 443,
      protocol: "TLS",
      sslPolicy: TLS_POLICY,
      certificateArn,
      defaultActions: [{ type: "forward", targetGroupArn: turnTargets.arn }],
    },
    { provider },
  );
  return { signalling, listener, turn, turnTargets };
}

/** A site's targets behind the signalling balancer: its gatekeepers, and LiveKit's room API for the app. */
export function createSiteTargets(
  site: Site,
  names: Names,
  network: Network,
  { listener }: LoadBalancers,
  order: number,
): SiteTargets {
  const { provider, vpc } = network;
  const shared = {
    vpcId: vpc.id,
    protocol: "HTTP",
    targetType: "instance",
    deregistrationDelay: DRAIN_SECONDS,
    loadBalancingAlgorithmType: "least_outstanding_requests",
  };
  const check = { path: "/", interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 };
  const gatekeeper = new aws.lb.TargetGroup(
    `Door-${site.name}`,
    // A running gatekeeper answers 404 to an unknown path.
    { ...shared, port: PORTS.gatekeeper, healthCheck: { ...check, matcher: "404" } },
    { provider },
  );
  const api = new aws.lb.TargetGroup(
    `Api-${site.name}`,
    // 406 means that Valkey is down. ECS kills unhealthy tasks, and with this one every running call.
    { ...shared, port: PORTS.signal, healthCheck: { ...check, matcher: "200,406" } },
    { provider },
  );
  const rule = (name: string, priority: number, target: aws.lb.TargetGroup, conditions: Condition[]) =>
    new aws.lb.ListenerRule(
      name,
      { listenerArn: listener.arn, priority, actions: [{ type: "forward", targetGroupArn: target.arn }], conditions },
      { provider },
    );
  const isHost = (host: string): Condition => ({ hostHeader: { values: [host] } });
  const isPath = (...values: string[]): Condition => ({ pathPattern: { values } });
  const isMethod = (...values: string[]): Condition => ({ httpRequestMethod: { values } });
  const first = 10 * (order + 1);
  const isApi = isHost(names.api(site));
  const rules = [
    rule(`Door-${site.name}`, first, gatekeeper, [isHost(names.site(site)), isPath("/rtc", "/rtc/*")]),
    rule(`Api-${site.name}`, first + 1, api, [isApi, isPath("/twirp/livekit.RoomService/*"), isMethod("POST")]),
    rule(`Health-${site.name}`, first + 2, api, [isApi, isPath("/"), isMethod("GET", "HEAD")]),
  ];
  return { gatekeeper, api, rules };
}

type Condition = aws.types.input.lb.ListenerRuleCondition;
