import { STOP_TIMEOUT } from "../media/user-data.ts";
import type { Check } from "./check.ts";
import type { Graph, Resource } from "./graph.ts";
import type { Kinds } from "./kinds.ts";
import { type Container, all, containersOf, failing, mediaTasks, one, regionIn, sitesIn } from "./look.ts";

const userDataOf = ({ inputs }: Resource<Kinds["LaunchTemplate"]>) =>
  Buffer.from(inputs.userData, "base64").toString("utf8");
const changeContainers = (graph: Graph, change: (containers: Container[]) => void) => {
  const task = one(graph, "TaskDefinition", "Task-use1a");
  const containers = containersOf(task);
  change(containers);
  task.inputs.containerDefinitions = JSON.stringify(containers);
};
const secretOf = (graph: Graph, site: string) =>
  JSON.parse(one(graph, "SecretVersion", `Media-${site}`).inputs.secretString);

export const MEDIA_CHECKS: Check[] = [
  {
    says: "[D5] each site has a Valkey of one node, encrypted and with a password of its own",
    find: (graph) => {
      const valkeys = sitesIn(graph).map((site) => one(graph, "ReplicationGroup", `Valkey-${site}`));
      const passwords = new Set(valkeys.map(({ inputs }) => inputs.authToken));
      return [
        ...failing(valkeys, ({ inputs }) => {
          return (
            inputs.numCacheClusters === 1 &&
            inputs.numNodeGroups === undefined &&
            inputs.clusterMode === undefined &&
            inputs.transitEncryptionEnabled === true &&
            inputs.atRestEncryptionEnabled === true &&
            inputs.authToken.length >= 32
          );
        }),
        ...(passwords.size === valkeys.length ? [] : ["two Valkeys share a password"]),
      ];
    },
    plant: [
      (graph) => void (one(graph, "ReplicationGroup", "Valkey-use1a").inputs.transitEncryptionEnabled = false),
      (graph) => void (one(graph, "ReplicationGroup", "Valkey-use1a").inputs.numNodeGroups = 2),
      (graph) => {
        const [a, b] = ["Valkey-use1a", "Valkey-use1b"].map((name) => one(graph, "ReplicationGroup", name));
        a!.inputs.authToken = b!.inputs.authToken;
      },
    ],
  },
  {
    says: "[D5] only media nodes reach Valkey, and Valkey can reach nothing",
    find: (graph, codes) =>
      codes.flatMap((code) => {
        const rules = all(graph, "SecurityGroupIngressRule").filter(
          ({ inputs }) => inputs.securityGroupId === `Valkey-${code}-id`,
        );
        const out = all(graph, "SecurityGroupEgressRule").filter(
          ({ inputs }) => inputs.securityGroupId === `Valkey-${code}-id`,
        );
        const isFine =
          rules.length === 1 && out.length === 0 && rules[0]?.inputs.referencedSecurityGroupId === `Node-${code}-id`;
        return isFine ? [] : [code];
      }),
    plant: [
      (graph) => {
        const { inputs } = one(graph, "SecurityGroupIngressRule", "In-use1-valkey");
        Object.assign(inputs, { referencedSecurityGroupId: undefined, cidrIpv4: "10.10.0.0/16" });
      },
    ],
  },
  {
    says: "[D6] tasks use the host's network, and meetings have six hours to end",
    find: (graph) => [
      ...failing(
        mediaTasks(graph),
        (task) =>
          task.inputs.networkMode === "host" &&
          containersOf(task).every(({ stopTimeout }) => stopTimeout === undefined),
      ),
      ...failing(all(graph, "LaunchTemplate"), (one) =>
        userDataOf(one).includes(`ECS_CONTAINER_STOP_TIMEOUT=${STOP_TIMEOUT}\n`),
      ),
    ],
    plant: [
      (graph) => void (one(graph, "TaskDefinition", "Task-use1a").inputs.networkMode = "awsvpc"),
      (graph) => changeContainers(graph, ([livekit]) => void (livekit!.stopTimeout = 120)),
      (graph) => void (one(graph, "LaunchTemplate", "Node-euw1b").inputs.userData = ""),
    ],
  },
  {
    says: "[D6] LiveKit is notified of a drain right away, and a gatekeeper failure ends no call",
    find: (graph) =>
      failing(mediaTasks(graph), (task) => {
        const [livekit, gatekeeper] = containersOf(task);
        return (
          livekit?.name === "livekit" &&
          livekit.essential === true &&
          gatekeeper?.essential === false &&
          gatekeeper.restartPolicy?.enabled === true &&
          [livekit, gatekeeper].every(({ dependsOn }) => dependsOn === undefined)
        );
      }),
    plant: [
      (graph) => changeContainers(graph, ([, door]) => void (door!.essential = true)),
      (graph) => changeContainers(graph, ([, door]) => void (door!.dependsOn = [{ containerName: "livekit" }])),
    ],
  },
  {
    says: "[D7] the metadata service requires a session token, disks are encrypted",
    find: (graph) =>
      failing(
        all(graph, "LaunchTemplate"),
        ({ inputs }) =>
          inputs.metadataOptions?.httpTokens === "required" &&
          inputs.metadataOptions.httpPutResponseHopLimit === 1 &&
          inputs.blockDeviceMappings.every((disk) => disk.ebs?.encrypted === "true"),
      ),
    plant: [
      (graph) => void (one(graph, "LaunchTemplate", "Node-use1a").inputs.metadataOptions.httpTokens = "optional"),
      (graph) =>
        void (one(graph, "LaunchTemplate", "Node-use1a").inputs.blockDeviceMappings[0]!.ebs!.encrypted = "false"),
    ],
  },
  {
    says: "[D8] one task per machine; a deployment starts new tasks before it drains old ones, and does not wait for the drain",
    find: (graph) =>
      failing(
        all(graph, "ecs/service:Service").filter(({ name }) => name.startsWith("Media-")),
        ({ inputs }) =>
          inputs.placementConstraints?.[0]?.type === "distinctInstance" &&
          inputs.deploymentMinimumHealthyPercent === 100 &&
          inputs.deploymentMaximumPercent === 200 &&
          inputs.waitForSteadyState === false,
      ),
    plant: [
      (graph) => void (one(graph, "ecs/service:Service", "Media-use1a").inputs.placementConstraints = []),
      (graph) => void (one(graph, "ecs/service:Service", "Media-use1a").inputs.deploymentMinimumHealthyPercent = 50),
      (graph) => void (one(graph, "ecs/service:Service", "Media-use1a").inputs.waitForSteadyState = true),
    ],
  },
  {
    says: "[D11] machines in use are protected, there can be twice as many as nodes, and no health check ends a call",
    find: (graph) => [
      ...failing(all(graph, "autoscaling/group:Group"), ({ name, inputs }) => {
        const site = name.replace("Machines-", "");
        const most = one(graph, "appautoscaling/target:Target", `Scale-${site}`).inputs.maxCapacity;
        return (
          inputs.maxSize >= 2 * most &&
          inputs.protectFromScaleIn === true &&
          inputs.healthCheckType === "EC2" &&
          inputs.suspendedProcesses.includes("AZRebalance")
        );
      }),
      ...failing(all(graph, "CapacityProvider"), ({ inputs }) => {
        const { managedTerminationProtection, managedDraining } = inputs.autoScalingGroupProvider;
        return managedTerminationProtection === "ENABLED" && managedDraining === "ENABLED";
      }),
      ...failing(
        all(graph, "TargetGroup").filter(({ inputs }) => inputs.port === 7880),
        ({ inputs }) => inputs.healthCheck.matcher === "200,406",
      ),
    ],
    plant: [
      (graph) => void (one(graph, "autoscaling/group:Group", "Machines-use1a").inputs.maxSize = 10),
      (graph) => void (one(graph, "autoscaling/group:Group", "Machines-use1a").inputs.healthCheckType = "ELB"),
      (graph) => void (one(graph, "autoscaling/group:Group", "Machines-use1a").inputs.protectFromScaleIn = false),
      (graph) =>
        void (one(graph, "CapacityProvider", "Machines-use1a").inputs.autoScalingGroupProvider.managedDraining =
          "DISABLED"),
      (graph) => void (one(graph, "TargetGroup", "Api-use1a").inputs.healthCheck.matcher = "200"),
    ],
  },
  {
    says: "[D13] each region has its own key pair, which all its sites share",
    find: (graph, codes) => {
      const byRegion = codes.map((code) => {
        const sites = sitesIn(graph).filter((site) => regionIn(site, codes) === code);
        return new Set(
          sites.map((site) => {
            const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET, LIVEKIT_CONFIG } = secretOf(graph, site);
            const isSame = JSON.parse(LIVEKIT_CONFIG).keys[LIVEKIT_API_KEY] === LIVEKIT_API_SECRET;
            return isSame && LIVEKIT_API_SECRET.length >= 32 ? LIVEKIT_API_SECRET : `${site} disagrees with itself`;
          }),
        );
      });
      const secrets = byRegion.flatMap((some) => [...some]);
      const isFine = byRegion.every(({ size }) => size === 1) && new Set(secrets).size === codes.length;
      return isFine && !secrets.some((text) => text.includes(" "))
        ? []
        : ["keys are shared or differ where they must not"];
    },
    plant: [
      (graph) => {
        const [from, to] = ["use1", "euw1"];
        for (const zone of ["a", "b"])
          one(graph, "SecretVersion", `Media-${to}${zone}`).inputs.secretString = one(
            graph,
            "SecretVersion",
            `Media-${from}${zone}`,
          ).inputs.secretString;
      },
      (graph) => {
        const version = one(graph, "SecretVersion", "Media-use1b");
        version.inputs.secretString = version.inputs.secretString.replaceAll("drawn-for-Key", "drawn-anew-Key");
      },
    ],
  },
];
