import { CONTAINER_USER } from "../media/user-data.ts";
import type { Check } from "./check.ts";
import { OFFERING, type Graph, type Resource } from "./graph.ts";
import type { Kinds } from "./kinds.ts";
import { all, containersOf, failing, mediaTasks, one, regionIn, sitesIn } from "./look.ts";

/** vCPUs of the stages' machine types, from AWS's list. */
const VCPUS: Record<string, number> = { "c7g.xlarge": 4, "t4g.small": 2 };

type Task = Resource<Kinds["TaskDefinition"]>;
const templateOf = (graph: Graph, task: Task) =>
  one(graph, "LaunchTemplate", task.name.replace("Task-", "Node-")).inputs;
const zoneOf = (graph: Graph, kind: "Public" | "Private", site: string) =>
  one(graph, "Subnet", `${kind}-${site.replace(/\d+$/, "")}`).inputs.availabilityZone;
const changeTask = (graph: Graph, change: (text: string) => string) => {
  const { inputs } = one(graph, "TaskDefinition", "Task-use1a");
  inputs.containerDefinitions = change(inputs.containerDefinitions);
};

/** Checks of the media nodes' machines and containers. */
export const NODE_CHECKS: Check[] = [
  {
    says: "[D51] a site's machines and its Valkey are in one zone that offers the machines, and each region has two such zones",
    find: (graph, codes) =>
      sitesIn(graph).flatMap((site) => {
        const code = regionIn(site, codes) ?? "";
        const zone = zoneOf(graph, "Public", site);
        const [valkey] = one(graph, "ReplicationGroup", `Valkey-${site}`).inputs.preferredCacheClusterAzs;
        const isOffered = OFFERING[code]?.includes(zone) ?? true;
        const isSame = zone === zoneOf(graph, "Private", site) && zone === valkey;
        const zones = new Set(["a", "b"].map((letter) => zoneOf(graph, "Public", `${code}${letter}`)));
        return isOffered && isSame && zones.size === 2 ? [] : [site];
      }),
    plant: [
      (graph) => void (one(graph, "Subnet", "Public-use1a").inputs.availabilityZone = "us-east-1a"),
      (graph) => void (one(graph, "ReplicationGroup", "Valkey-use1b").inputs.preferredCacheClusterAzs = ["us-east-1b"]),
      (graph) => {
        for (const kind of ["Public", "Private"])
          one(graph, "Subnet", `${kind}-euw1b`).inputs.availabilityZone = "eu-west-1a";
      },
    ],
  },
  {
    says: "[D51] a zone that AWS adds later moves no subnet",
    find: (graph) =>
      failing(all(graph, "Subnet"), ({ options }) => options?.ignoreChanges.includes("availabilityZone") === true),
    plant: [
      (graph) => void (one(graph, "Subnet", "Public-use1a").options = { ignoreChanges: [], isRetained: undefined }),
    ],
  },
  {
    says: "[D57] containers share the machine's processors, so that ECS can compute their utilisation, and nothing caps a task",
    find: (graph) =>
      failing(mediaTasks(graph), (task) => {
        const machine = 1_024 * (VCPUS[templateOf(graph, task).instanceType ?? ""] ?? 0);
        const shares = containersOf(task).map(({ cpu = 0 }) => cpu);
        const sum = shares.reduce((total, share) => total + share, 0);
        return task.inputs.cpu === undefined && !shares.includes(0) && sum <= machine && sum >= 0.8 * machine;
      }),
    plant: [
      (graph) => changeTask(graph, (text) => text.replace(/"cpu":3584,/, "")),
      (graph) => changeTask(graph, (text) => text.replace('"cpu":3584', '"cpu":4096')),
      (graph) => void (one(graph, "TaskDefinition", "Task-euw1b").inputs.cpu = "1024"),
    ],
  },
  {
    says: "[D59] the previous task definition is kept, for ECS to roll back to",
    find: (graph) => failing(mediaTasks(graph), ({ inputs }) => inputs.skipDestroy === true),
    plant: [
      (graph) =>
        void delete (one(graph, "TaskDefinition", "Task-use1a").inputs as { skipDestroy?: boolean }).skipDestroy,
    ],
  },
  {
    says: "[D65] machines and their disks carry the stage and the region, by which the bill is split",
    find: (graph, codes) => [
      ...failing(all(graph, "LaunchTemplate"), ({ name, inputs }) => {
        const kinds = (inputs.tagSpecifications ?? [])
          .filter(({ tags }) => tags?.["veet:stage"] === "production" && tags["veet:region"] === regionIn(name, codes))
          .map(({ resourceType }) => resourceType);
        return kinds.length === 2 && kinds.includes("instance") && kinds.includes("volume");
      }),
      ...failing(all(graph, "autoscaling/group:Group"), ({ inputs }) =>
        inputs.tags.some(({ key, value, propagateAtLaunch }) => {
          return key === "veet:stage" && value === "production" && propagateAtLaunch;
        }),
      ),
    ],
    plant: [
      (graph) => void one(graph, "LaunchTemplate", "Node-use1a").inputs.tagSpecifications?.pop(),
      (graph) => void (one(graph, "autoscaling/group:Group", "Machines-euw1a").inputs.tags = []),
    ],
  },
  {
    says: "[D67] containers cannot ask the metadata service for the machine's rights",
    find: (graph) =>
      failing(all(graph, "LaunchTemplate"), ({ inputs }) => {
        const script = Buffer.from(inputs.userData, "base64").toString("utf8");
        return script.includes(
          `--destination 169.254.169.254 --match owner --uid-owner ${CONTAINER_USER} --jump REJECT`,
        );
      }),
    plant: [(graph) => void (one(graph, "LaunchTemplate", "Node-use1b").inputs.userData = "")],
  },
];
