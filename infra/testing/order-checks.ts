import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import type { Kind } from "./kinds.ts";
import { all, missing, one, regionIn, sitesIn } from "./look.ts";

/** What a site's nodes need until their end. */
function neededByNodes(site: string, code: string): string[] {
  return [
    `aws:iam/rolePolicy:RolePolicy Node-${site}`,
    `aws:ec2/route:Route Internet-${code}`,
    ...["a", "b"].map((zone) => `aws:ec2/routeTableAssociation:RouteTableAssociation Public-${code}${zone}`),
    `aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule Out-${code}-node`,
    `aws:ecs/cluster:Cluster Cluster-${site}`,
  ];
}

const clustersWithInsights = (graph: Graph) =>
  all(graph, "Cluster").filter(({ inputs }) => inputs.settings.some(({ value }) => value === "enabled"));
const forget = (graph: Graph, kind: Kind, name: string) => void (one(graph, kind, name).dependencies = []);

export const ORDER_CHECKS: Check[] = [
  {
    says: "[D52] a service is removed before what its nodes need to report their stop, and created after it",
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
    says: "[D52] machines are removed before their rights, their internet access and their cluster, and created after them",
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
    says: "[D23] Container Insights logs into our group, which expires, is removed with the stage, and is created before its cluster",
    find: (graph) =>
      clustersWithInsights(graph).flatMap(({ type, name, inputs }) => {
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
    says: "[D52] load balancers are created after the internet access, and removed before it",
    find: (graph, codes) =>
      all(graph, "LoadBalancer").flatMap(({ type, name }) =>
        missing(graph, `${type} ${name}`, [`aws:ec2/route:Route Internet-${regionIn(name, codes)}`]),
      ),
    plant: [(graph) => forget(graph, "LoadBalancer", "Turn-use1")],
  },
];
