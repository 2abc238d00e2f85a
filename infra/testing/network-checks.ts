import type { Check } from "./check.ts";
import type { Graph, Resource } from "./graph.ts";
import type { Kinds } from "./kinds.ts";
import { all, failing, isWithin, one, overlap, pairsOf, regionIn } from "./look.ts";

/** Created with the home region's provider on purpose: global resources, or ones that exist only in our program. */
const REGIONLESS = /route53|budgets|docker-build|^random|^upstash|^sst:(Secret|aws:Nextjs)/;

const ingress = (graph: Graph, group: string) =>
  all(graph, "SecurityGroupIngressRule").filter(({ inputs }) => inputs.securityGroupId.startsWith(`${group}-`));
type Rule = Resource<Kinds["SecurityGroupIngressRule"]>;
const ports = ({ inputs }: Rule) =>
  `${inputs.fromPort}${inputs.toPort === inputs.fromPort ? "" : `-${inputs.toPort}`}/${inputs.ipProtocol}`;
const isWorld = ({ inputs }: Rule) => inputs.cidrIpv4 === "0.0.0.0/0" || inputs.cidrIpv6 !== undefined;
const MEDIA = new Set(["7881/tcp", "7882-7885/udp", "3478/udp"]);

export const NETWORK_CHECKS: Check[] = [
  {
    says: "[D1] networks do not overlap, and subnets lie within theirs",
    find: (graph) => {
      const vpcs = all(graph, "Vpc");
      const subnets = all(graph, "Subnet");
      const apart = (some: { name: string; inputs: { cidrBlock: string } }[]) =>
        pairsOf(some)
          .filter(([a, b]) => overlap(a.inputs.cidrBlock, b.inputs.cidrBlock))
          .map(([a, b]) => `${a.name} and ${b.name} overlap`);
      const within = failing(subnets, ({ inputs }) => {
        const vpc = vpcs.find(({ name }) => `${name}-id` === inputs.vpcId);
        return vpc !== undefined && isWithin(inputs.cidrBlock, vpc.inputs.cidrBlock);
      });
      return [...apart(vpcs), ...apart(subnets), ...within];
    },
    plant: [
      (graph) => void (one(graph, "Vpc", "Vpc-euw1").inputs.cidrBlock = "10.10.0.0/16"),
      (graph) => void (one(graph, "Subnet", "Private-use1b").inputs.cidrBlock = "10.20.144.0/20"),
    ],
  },
  {
    says: "[D1] each region has public and private subnets in two zones",
    find: (graph, codes) =>
      codes.filter((code) => {
        const zones = (kind: string) =>
          new Set(
            all(graph, "Subnet")
              .filter(({ name }) => name.startsWith(`${kind}-${code}`))
              .map(({ inputs }) => inputs.availabilityZone),
          );
        return zones("Public").size !== 2 || zones("Private").size !== 2;
      }),
    plant: [(graph) => void (one(graph, "Subnet", "Public-use1b").inputs.availabilityZone = "us-east-1b")],
  },
  {
    says: "[D2] all resources of a region use the region's provider",
    find: (graph, codes) =>
      failing(
        graph.filter(
          ({ type, name }) =>
            !REGIONLESS.test(type) &&
            !/AccessLog|-global$|^Firewall-web$|^Alarm-(site-unreachable|requests-blocked)/.test(name),
        ),
        ({ name, provider, type }) => {
          if (type === "sst:aws:CronV2") return `Prober${provider}` === name;
          if (name.startsWith("Peering-")) return peeringProvider(name) === provider;
          // The name of a prober's alarm contains the checked site before the region of the prober.
          const own = name.startsWith("Alarm-probe-fails-") ? name.slice(name.indexOf("-from-")) : name;
          return provider !== undefined && regionIn(own, codes) === provider;
        },
      ),
    plant: [
      (graph) => void delete one(graph, "Vpc", "Vpc-euw1").provider,
      (graph) => void (one(graph, "Service", "Media-euw1a").provider = "use1"),
      (graph) => void (one(graph, "aws:CronV2", "Probereuw1").provider = "use1"),
    ],
  },
  {
    says: "[D3] the internet can reach the nodes' media ports and nothing else of them",
    find: (graph, codes) =>
      codes.flatMap((code) => {
        const open = ingress(graph, `Node-${code}`).filter(isWorld).map(ports);
        const isExact = open.length === MEDIA.size && open.every((port) => MEDIA.has(port));
        return isExact ? [] : [`${code} opens ${open.join(", ")}`];
      }),
    plant: [
      (graph) => {
        const rule = one(graph, "SecurityGroupIngressRule", "In-use1-node-signal");
        Object.assign(rule.inputs, { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" });
      },
      (graph) => void (one(graph, "SecurityGroupIngressRule", "In-use1-node-media-udp").inputs.toPort = 60_000),
    ],
  },
  {
    says: "[D3] signalling, gatekeeper and TURN ports accept load balancers only, and gatekeepers accept each other",
    find: (graph, codes) =>
      codes.flatMap((code) => {
        const sources = new Map([
          ["7880/tcp", [`Signalling-${code}-id`]],
          ["7889/tcp", [`Signalling-${code}-id`, `Node-${code}-id`]],
          ["5349/tcp", [`Turn-${code}-id`]],
        ]);
        return failing(ingress(graph, `Node-${code}`), (rule) => {
          const allowed = sources.get(ports(rule));
          return allowed === undefined || allowed.includes(String(rule.inputs.referencedSecurityGroupId));
        });
      }),
    plant: [
      (graph) =>
        void (one(graph, "SecurityGroupIngressRule", "In-euw1-node-turn").inputs.referencedSecurityGroupId =
          "Signalling-euw1-id"),
    ],
  },
  {
    says: "[D4] nothing accepts SSH or all ports, and the default group accepts nothing",
    find: (graph) => [
      ...failing(
        all(graph, "SecurityGroupIngressRule"),
        ({ inputs }) => inputs.ipProtocol !== "-1" && !(inputs.fromPort <= 22 && inputs.toPort >= 22),
      ),
      ...failing(all(graph, "SecurityGroup"), ({ inputs }) => inputs.ingress === undefined),
      ...failing(
        all(graph, "DefaultSecurityGroup"),
        ({ inputs }) => inputs.ingress.length + inputs.egress.length === 0,
      ),
      ...failing(all(graph, "LaunchTemplate"), ({ inputs }) => inputs.keyName === undefined),
    ],
    plant: [
      (graph) => {
        const { inputs } = one(graph, "SecurityGroupIngressRule", "In-use1-node-signal");
        Object.assign(inputs, { fromPort: 20, toPort: 25 });
      },
      (graph) => void (one(graph, "LaunchTemplate", "Node-use1a").inputs.keyName = "mine"),
    ],
  },
  {
    says: "[D14] every region is peered with the primary, with routes both ways in all tables",
    find: (graph, codes) => {
      const [primary = "", ...others] = codes;
      const cidr = (code: string) => one(graph, "Vpc", `Vpc-${code}`).inputs.cidrBlock;
      const isRouted = (from: string, to: string, kind: string) =>
        all(graph, "Route").some(
          ({ inputs }) =>
            inputs.routeTableId === `${kind}-${from}-id` &&
            inputs.destinationCidrBlock === cidr(to) &&
            inputs.vpcPeeringConnectionId,
        );
      return others.flatMap((other) =>
        [
          [primary, other],
          [other, primary],
        ].flatMap(([from = "", to = ""]) =>
          ["Public", "Private"].filter((kind) => !isRouted(from, to, kind)).map((kind) => `${kind} ${from} to ${to}`),
        ),
      );
    },
    plant: [
      (graph) => {
        const route = one(graph, "Route", "Peering-use1-euw1-private-from-euw1");
        graph.splice(graph.indexOf(route), 1);
      },
    ],
  },
];

function peeringProvider(name: string): string | undefined {
  const [, primary, other] = name.split("-");
  if (name.includes("-from-")) return name.split("-from-")[1];
  if (name.endsWith("-accepter")) return other;
  return primary;
}
