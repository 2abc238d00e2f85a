import * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import { PORTS } from "./ports.ts";

type Groups = Record<"signalling" | "turn" | "node" | "valkey", aws.ec2.SecurityGroup>;
/** `rules` are the nodes' inbound and outbound rules: they must outlive every node. */
export type SecurityGroups = Groups & { rules: Resource[] };

/** What nodes accept scrapes of their metrics from; undefined if nothing scrapes. */
export type MetricsSource = Source | undefined;

const WORLD = "0.0.0.0/0";
/** Inbound traffic from the internet to a media node: media only. Signalling comes through the load balancers. */
const MEDIA = [
  { name: "media-tcp", ipProtocol: "tcp", fromPort: PORTS.mediaTcp, toPort: PORTS.mediaTcp },
  { name: "media-udp", ipProtocol: "udp", fromPort: PORTS.mediaUdpFirst, toPort: PORTS.mediaUdpLast },
  { name: "turn-udp", ipProtocol: "udp", fromPort: PORTS.turnUdp, toPort: PORTS.turnUdp },
];

/** No SSH port: operators use Session Manager. */
export function createSecurityGroups(network: Network, metrics: MetricsSource): SecurityGroups {
  const groups = {
    signalling: createGroup(network, "Signalling", "Load balancer of signalling"),
    turn: createGroup(network, "Turn", "Load balancer of TURN over TLS"),
    node: createGroup(network, "Node", "Media nodes"),
    valkey: createGroup(network, "Valkey", "LiveKit's directory"),
  };
  const rules: Resource[] = [];
  const allow = ruler(network, rules);
  allow("signalling", groups.signalling, { cidrIpv4: WORLD }, 443);
  allow("turn", groups.turn, { cidrIpv4: WORLD }, 443);
  allow("node-gatekeeper", groups.node, { referencedSecurityGroupId: groups.signalling.id }, PORTS.gatekeeper);
  // Each gatekeeper forwards to the node that has the room.
  allow("node-gatekeepers", groups.node, { referencedSecurityGroupId: groups.node.id }, PORTS.gatekeeper);
  allow("node-signal", groups.node, { referencedSecurityGroupId: groups.signalling.id }, PORTS.signal);
  allow("node-turn", groups.node, { referencedSecurityGroupId: groups.turn.id }, PORTS.turnTcp);
  if (metrics) allow("node-metrics", groups.node, metrics, PORTS.gatekeeperMetrics);
  allow("valkey", groups.valkey, { referencedSecurityGroupId: groups.node.id }, PORTS.valkey);
  const { region, provider } = network;
  for (const { name, ...ports } of MEDIA) {
    const rule = { securityGroupId: groups.node.id, cidrIpv4: WORLD, ...ports };
    rules.push(new aws.vpc.SecurityGroupIngressRule(`In-${region.code}-node-${name}`, rule, { provider }));
  }
  rules.push(...createEgress(network, groups));
  return { ...groups, rules };
}

function createGroup({ region, provider, vpc }: Network, name: string, description: string) {
  return new aws.ec2.SecurityGroup(`${name}-${region.code}`, { vpcId: vpc.id, description }, { provider });
}

type Source = { cidrIpv4: string } | { referencedSecurityGroupId: aws.ec2.SecurityGroup["id"] };

function ruler({ region, provider }: Network, rules: Resource[]) {
  return (name: string, group: aws.ec2.SecurityGroup, source: Source, port: number) => {
    const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
    const rule = { securityGroupId: group.id, ...source, ...ports };
    rules.push(new aws.vpc.SecurityGroupIngressRule(`In-${region.code}-${name}`, rule, { provider }));
  };
}

/** Load balancers can reach nodes only; nodes can reach any address, as media requires; Valkey can reach nothing. */
function createEgress({ region, provider }: Network, groups: Groups): Resource[] {
  const toNodes = [
    ["signalling", groups.signalling, PORTS.gatekeeper],
    ["signalling-api", groups.signalling, PORTS.signal],
    ["turn", groups.turn, PORTS.turnTcp],
  ] as const;
  const rules = toNodes.map(([name, group, port]) => {
    const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
    return new aws.vpc.SecurityGroupEgressRule(
      `Out-${region.code}-${name}`,
      { securityGroupId: group.id, referencedSecurityGroupId: groups.node.id, ...ports },
      { provider },
    );
  });
  const everywhere = { securityGroupId: groups.node.id, cidrIpv4: WORLD, ipProtocol: "-1" };
  return [...rules, new aws.vpc.SecurityGroupEgressRule(`Out-${region.code}-node`, everywhere, { provider })];
}
