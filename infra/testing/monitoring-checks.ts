import type { Check } from "./check.ts";
import type { Graph, Resource } from "./graph.ts";
import type { Kinds } from "./kinds.ts";
import { all, containersOf, failing, isWithin, missing, one, overlap } from "./look.ts";

type Rule = Resource<Kinds["SecurityGroupIngressRule"]>;
const NAME = "Monitoring-use1";
const AWS_REGIONS: Record<string, string> = { use1: "us-east-1", euw1: "eu-west-1", apse2: "ap-southeast-2" };
const METRICS_PORT = 6790;
/** LiveKit's own metrics: its gatekeeper passes them on, so no one needs this port. */
const LIVEKIT_METRICS_PORT = 6789;

const covers = ({ inputs }: Rule, port: number) => inputs.fromPort <= port && inputs.toPort >= port;
const rulesFor = (graph: Graph, port: number) =>
  all(graph, "SecurityGroupIngressRule").filter((rule) => covers(rule, port));
const statementsOf = (graph: Graph, role: string): Statement[] =>
  JSON.parse(one(graph, "RolePolicy", role).inputs.policy).Statement;
type Statement = { actions: string[]; conditions?: { variable: string; values: string[] }[] };
const changeStatements = (graph: Graph, role: string, change: (statements: Statement[]) => void) => {
  const statements = statementsOf(graph, role);
  change(statements);
  one(graph, "RolePolicy", role).inputs.policy = JSON.stringify({ Statement: statements });
};
const actionsOf = (graph: Graph, role: string) => statementsOf(graph, role).flatMap(({ actions }) => actions);
const serviceOf = (graph: Graph) => one(graph, "ecs/service:Service", NAME).inputs;
const taskOf = (graph: Graph) => one(graph, "TaskDefinition", NAME);

export const MONITORING_CHECKS: Check[] = [
  {
    says: "[D149] nodes of every region serve metrics, which only the monitoring task reaches: by its group, and across the peering by its subnet",
    find: (graph, codes) => {
      const subnet = one(graph, "Subnet", NAME).inputs.cidrBlock;
      const rules = rulesFor(graph, METRICS_PORT);
      const served = all(graph, "TaskDefinition").filter(({ name }) => name.startsWith("Task-"));
      return [
        ...codes.filter((code) => !rules.some(({ inputs }) => inputs.securityGroupId === `Node-${code}-id`)),
        ...failing(rules, ({ inputs }) => {
          if (inputs.securityGroupId === "Node-use1-id") return inputs.referencedSecurityGroupId === `${NAME}-id`;
          return inputs.cidrIpv4 === subnet && inputs.referencedSecurityGroupId === undefined;
        }),
        ...failing(rulesFor(graph, LIVEKIT_METRICS_PORT), () => false),
        ...failing(served, (task) =>
          (containersOf(task)[1]?.environment ?? []).some(
            ({ name, value }) => name === "GATEKEEPER_METRICS_LISTEN" && value === `private:${METRICS_PORT}`,
          ),
        ),
      ];
    },
    plant: [
      (graph) => void (one(graph, "SecurityGroupIngressRule", "In-euw1-node-metrics").inputs.cidrIpv4 = "10.10.0.0/16"),
      (graph) => void graph.splice(graph.indexOf(one(graph, "SecurityGroupIngressRule", "In-euw1-node-metrics")), 1),
      (graph) => {
        const { inputs } = one(graph, "SecurityGroupIngressRule", "In-use1-node-metrics");
        Object.assign(inputs, { referencedSecurityGroupId: undefined, cidrIpv4: "10.10.32.0/28" });
      },
      (graph) => void (one(graph, "SecurityGroupIngressRule", "In-use1-node-metrics").inputs.fromPort = 6_789),
      (graph) => {
        const { inputs } = one(graph, "TaskDefinition", "Task-euw1a");
        inputs.containerDefinitions = inputs.containerDefinitions.replace(`private:${METRICS_PORT}`, "");
      },
    ],
  },
  {
    says: "[D149] nothing else is in the monitoring subnet, and it is routed as the public ones: to the internet and to the other regions",
    find: (graph) => {
      const { cidrBlock, vpcId } = one(graph, "Subnet", NAME).inputs;
      const vpc = all(graph, "Vpc").find(({ name }) => `${name}-id` === vpcId);
      const others = all(graph, "Subnet").filter(({ name }) => name !== NAME);
      const users = all(graph, "ecs/service:Service").filter(({ inputs }) =>
        inputs.networkConfiguration?.subnets.includes(`${NAME}-id`),
      );
      const groups = all(graph, "autoscaling/group:Group").filter(({ inputs }) =>
        inputs.vpcZoneIdentifiers.includes(`${NAME}-id`),
      );
      const isRouted = one(graph, "RouteTableAssociation", NAME).inputs.routeTableId === "Public-use1-id";
      return [
        ...(vpc?.name === "Vpc-use1" && isWithin(cidrBlock, vpc.inputs.cidrBlock) ? [] : ["outside of its network"]),
        ...failing(others, ({ inputs }) => !overlap(inputs.cidrBlock, cidrBlock)),
        ...(users.length === 1 && groups.length === 0 ? [] : ["shared"]),
        ...(isRouted ? [] : ["without routes"]),
      ];
    },
    plant: [
      (graph) => void (one(graph, "Subnet", NAME).inputs.cidrBlock = "10.10.16.0/28"),
      (graph) =>
        void one(graph, "autoscaling/group:Group", "Machines-use1a").inputs.vpcZoneIdentifiers.push(`${NAME}-id`),
      (graph) => void (one(graph, "RouteTableAssociation", NAME).inputs.routeTableId = "Private-use1-id"),
    ],
  },
  {
    says: "[D150] nothing can connect to the monitoring task, and it can reach HTTPS and the nodes' metrics only",
    find: (graph, codes) => {
      const own = `${NAME}-id`;
      const inbound = all(graph, "SecurityGroupIngressRule").filter(({ inputs }) => inputs.securityGroupId === own);
      const outbound = all(graph, "SecurityGroupEgressRule").filter(({ inputs }) => inputs.securityGroupId === own);
      const to = outbound.map(
        ({ inputs }) => `${inputs.cidrIpv4} ${inputs.ipProtocol} ${inputs.fromPort}-${inputs.toPort}`,
      );
      const wanted = [
        "0.0.0.0/0 tcp 443-443",
        ...codes.map(
          (code) => `${one(graph, "Vpc", `Vpc-${code}`).inputs.cidrBlock} tcp ${METRICS_PORT}-${METRICS_PORT}`,
        ),
      ];
      const { networkConfiguration, loadBalancers, enableExecuteCommand } = serviceOf(graph);
      return [
        ...failing(inbound, () => false),
        ...(to.toSorted().join() === wanted.toSorted().join() ? [] : [`it reaches ${to.join()}`]),
        ...(networkConfiguration.securityGroups?.join() === own ? [] : ["it has other security groups"]),
        ...(loadBalancers === undefined ? [] : ["it is behind a load balancer"]),
        // Session Manager is the only way in.
        ...(enableExecuteCommand ? [] : ["operators cannot reach it"]),
      ];
    },
    plant: [
      (graph) => void (one(graph, "SecurityGroupIngressRule", "In-use1-turn").inputs.securityGroupId = `${NAME}-id`),
      (graph) => void (one(graph, "SecurityGroupEgressRule", "Out-use1-monitoring-euw1").inputs.ipProtocol = "-1"),
      (graph) => void graph.splice(graph.indexOf(one(graph, "SecurityGroupEgressRule", "Out-use1-monitoring-euw1")), 1),
      (graph) => void (serviceOf(graph).networkConfiguration.securityGroups = ["Node-use1-id"]),
      (graph) => void (serviceOf(graph).enableExecuteCommand = false),
    ],
  },
  {
    says: "[D151] the monitoring task can list instances in its stage's regions and open sessions; ECS can write its log for it; neither can do more",
    find: (graph, codes) => {
      const regions = codes.map((code) => AWS_REGIONS[code] ?? code);
      const [list] = statementsOf(graph, "MonitoringTask-use1").filter(({ actions }) =>
        actions.includes("ec2:DescribeInstances"),
      );
      const [condition] = list?.conditions ?? [];
      const isLimited =
        condition?.variable === "aws:RequestedRegion" &&
        condition.values.toSorted().join() === regions.toSorted().join();
      const others = actionsOf(graph, "MonitoringTask-use1").filter(
        (action) => action !== "ec2:DescribeInstances" && !action.startsWith("ssmmessages:"),
      );
      const toStart = actionsOf(graph, "MonitoringStart-use1").filter((action) => !action.startsWith("logs:"));
      return [...(isLimited ? [] : ["it lists instances anywhere"]), ...others, ...toStart];
    },
    plant: [
      (graph) => changeStatements(graph, "MonitoringTask-use1", ([list]) => void delete list?.conditions),
      (graph) =>
        changeStatements(graph, "MonitoringTask-use1", ([list]) => void list?.actions.push("ec2:RunInstances")),
      (graph) =>
        changeStatements(
          graph,
          "MonitoringStart-use1",
          ([log]) => void log?.actions.push("secretsmanager:GetSecretValue"),
        ),
    ],
  },
  {
    says: "[D152] the monitoring task has processor and memory set, each container has a limit below it, and images are by digest",
    find: (graph) => {
      const task = taskOf(graph);
      const memory = Number(task.inputs.memory);
      const containers = containersOf(task);
      const limits = containers.map((container) => container.memory ?? memory);
      const isSized = Number(task.inputs.cpu) === 512 && memory === 1_024 && limits.reduce((a, b) => a + b, 0) < memory;
      return [
        ...(isSized ? [] : ["the task's size"]),
        ...containers
          .filter(({ image = "" }) => !/^(prom\/prometheus|grafana\/grafana)@sha256:[0-9a-f]{64}$/.test(image))
          .map(({ name }) => name),
      ];
    },
    plant: [
      (graph) => void (taskOf(graph).inputs.memory = ""),
      (graph) => changeContainer(graph, (text) => text.replace('"memory":576', '"memory":1024')),
      (graph) => changeContainer(graph, (text) => text.replace(/"memory":320,/, "")),
      (graph) => changeContainer(graph, (text) => text.replace(/grafana\/grafana@sha256:0+/, "grafana/grafana:latest")),
    ],
  },
  {
    says: "[D52] the monitoring service is created after its rights and its routes, and removed before them",
    find: (graph) =>
      missing(graph, `aws:ecs/service:Service ${NAME}`, [
        "aws:ec2/route:Route Internet-use1",
        `aws:ec2/routeTableAssociation:RouteTableAssociation ${NAME}`,
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule Out-use1-monitoring-https",
        "aws:iam/rolePolicy:RolePolicy MonitoringTask-use1",
        "aws:iam/rolePolicy:RolePolicy MonitoringStart-use1",
      ]),
    plant: [(graph) => void (one(graph, "ecs/service:Service", NAME).dependencies = [])],
  },
];

function changeContainer(graph: Graph, change: (text: string) => string): void {
  const { inputs } = taskOf(graph);
  inputs.containerDefinitions = change(inputs.containerDefinitions);
}
