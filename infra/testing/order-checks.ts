import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import type { Kind } from "./kinds.ts";
import { all, one, regionIn } from "./look.ts";

const sitesIn = (graph: Graph) => all(graph, "ecs/service:Service").map(({ name }) => name.replace("Media-", ""));

/** All that a resource depends on, by name and by what those depend on. */
function closure(graph: Graph, key: string): Set<string> {
  const byKey = new Map(graph.map(({ type, name, dependencies = [] }) => [`${type} ${name}`, dependencies]));
  const found = new Set<string>();
  const visit = (from: string) => {
    for (const to of byKey.get(from) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      visit(to);
    }
  };
  visit(key);
  return found;
}

/** What is missing among what a resource depends on. */
function missing(graph: Graph, key: string, needed: readonly string[]): string[] {
  const found = closure(graph, key);
  return needed.filter((name) => !found.has(name)).map((name) => `${key} does not wait for ${name}`);
}

/** Of a site: what its nodes need until the very end. */
function neededByNodes(site: string, code: string): string[] {
  return [
    `aws:iam/rolePolicy:RolePolicy Node-${site}`,
    `aws:ec2/route:Route Internet-${code}`,
    ...["a", "b"].map((zone) => `aws:ec2/routeTableAssociation:RouteTableAssociation Public-${code}${zone}`),
    `aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule Out-${code}-node`,
    `aws:ecs/cluster:Cluster Cluster-${site}`,
  ];
}

const forget = (graph: Graph, kind: Kind, name: string) => void (one(graph, kind, name).dependencies = []);

export const ORDER_CHECKS: Check[] = [
  {
    says: "[D52] a service goes before what its nodes need to say that they have stopped, and comes after it",
    find: (graph, codes) =>
      sitesIn(graph).flatMap((site) =>
        missing(graph, `aws:ecs/service:Service Media-${site}`, [
          ...neededByNodes(site, regionIn(site, codes) ?? ""),
          `aws:iam/rolePolicy:RolePolicy Start-${site}`,
          `aws:ecs/clusterCapacityProviders:ClusterCapacityProviders Machines-${site}`,
          ...["Door", "Api", "Health"].map((rule) => `aws:lb/listenerRule:ListenerRule ${rule}-${site}`),
        ]),
      ),
    plant: [(graph) => forget(graph, "ecs/service:Service", "Media-use1a")],
  },
  {
    says: "[D52] machines go before their rights, their way to the internet and their cluster, and come after them",
    find: (graph, codes) =>
      sitesIn(graph).flatMap((site) =>
        missing(
          graph,
          `aws:autoscaling/group:Group Machines-${site}`,
          neededByNodes(site, regionIn(site, codes) ?? ""),
        ),
      ),
    plant: [(graph) => forget(graph, "autoscaling/group:Group", "Machines-euw1b")],
  },
  {
    says: "[D23] what Container Insights logs is in a group of ours, which expires and goes with the stage, and is there before its cluster",
    find: (graph) =>
      all(graph, "Cluster").flatMap(({ type, name, inputs }) => {
        const group = `Insights-${name.replace("Cluster-", "")}`;
        const { inputs: logs } = one(graph, "LogGroup", group);
        const isOurs =
          logs.name === `/aws/ecs/containerinsights/${inputs.name}/performance` && logs.retentionInDays > 0;
        return [
          ...(isOurs ? [] : [group]),
          ...missing(graph, `${type} ${name}`, [`aws:cloudwatch/logGroup:LogGroup ${group}`]),
        ];
      }),
    plant: [
      (graph) => void (one(graph, "LogGroup", "Insights-use1a").inputs.name = "/elsewhere"),
      (graph) => forget(graph, "Cluster", "Cluster-euw1a"),
    ],
  },
  {
    says: "[D52] load balancers come after the way to the internet, and go before it",
    find: (graph, codes) =>
      all(graph, "LoadBalancer").flatMap(({ type, name }) =>
        missing(graph, `${type} ${name}`, [`aws:ec2/route:Route Internet-${regionIn(name, codes)}`]),
      ),
    plant: [(graph) => forget(graph, "LoadBalancer", "Turn-use1")],
  },
];
