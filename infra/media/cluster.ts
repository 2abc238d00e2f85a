import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import type { Stage } from "#infra/stage.ts";
import { userData } from "./user-data.ts";
import type { Roles } from "./roles.ts";
import type { SecurityGroups } from "./security-groups.ts";

/** AWS's patched Amazon Linux 2023 image for ECS on Graviton. */
const IMAGE = "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id";

export type Machines = {
  group: aws.autoscaling.Group;
  capacity: aws.ecs.CapacityProvider;
  /** Lets the cluster use the machines. A service created before it finds none. */
  association: aws.ecs.ClusterCapacityProviders;
};

/** With Container Insights, the only source of memory per task; docs/costs.md has its price. */
export function createCluster(stage: Stage, name: string, site: Site, network: Network): aws.ecs.Cluster {
  const { provider } = network;
  // Otherwise ECS creates it automatically and keeps its content for ever.
  const logs = new aws.cloudwatch.LogGroup(
    `Insights-${site.name}`,
    { name: `/aws/ecs/containerinsights/${name}/performance`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  const settings = [{ name: "containerInsights", value: "enabled" }];
  return new aws.ecs.Cluster(`Cluster-${site.name}`, { name, settings }, { provider, dependsOn: logs });
}

/** A site's machines, all in its zone. ECS sets their number and never stops one that still has a meeting. */
export function createMachines(
  stage: Stage,
  site: Site,
  network: Network,
  groups: SecurityGroups,
  cluster: aws.ecs.Cluster,
  clusterName: string,
  roles: Roles,
): Machines {
  const { provider } = network;
  const template = createTemplate(stage, site, network, groups, clusterName, roles);
  const tags = { ...tagsOf(stage, site), AmazonECSManaged: "true" };
  const group = new aws.autoscaling.Group(
    `Machines-${site.name}`,
    {
      vpcZoneIdentifiers: [network.subnets.public[site.zone].id],
      minSize: 0,
      // During a deployment every draining node has a successor beside it.
      maxSize: 2 * stage.media.maxNodes,
      launchTemplate: { id: template.id, version: interpolate`${template.latestVersion}` },
      protectFromScaleIn: true,
      // "ELB" would terminate a machine, with its calls, because of a 406.
      healthCheckType: "EC2",
      suspendedProcesses: ["AZRebalance"],
      tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    {
      provider,
      // ECS sets this.
      ignoreChanges: ["desiredCapacity"],
      // Without these a node cannot report to ECS that its task has stopped, and on removal both wait for each other.
      dependsOn: [cluster, ...roles.policies, ...network.internet, ...groups.rules],
    },
  );
  const capacity = new aws.ecs.CapacityProvider(
    `Machines-${site.name}`,
    {
      name: `${clusterName}-machines`,
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.arn,
        managedScaling: { status: "ENABLED", targetCapacity: 100, instanceWarmupPeriod: 60 },
        managedTerminationProtection: "ENABLED",
        managedDraining: "ENABLED",
      },
    },
    { provider },
  );
  const association = new aws.ecs.ClusterCapacityProviders(
    `Machines-${site.name}`,
    { clusterName: cluster.name, capacityProviders: [capacity.name] },
    { provider },
  );
  return { group, capacity, association };
}

/** The bill is split by these tags. */
function tagsOf(stage: Stage, { name, region }: Site): Record<string, string> {
  return { Name: `veet ${name}`, "veet:stage": stage.name, "veet:region": region.code };
}

function createTemplate(
  stage: Stage,
  site: Site,
  { provider }: Network,
  groups: SecurityGroups,
  clusterName: string,
  roles: Roles,
): aws.ec2.LaunchTemplate {
  return new aws.ec2.LaunchTemplate(
    `Node-${site.name}`,
    {
      imageId: IMAGE,
      instanceType: stage.media.instanceType,
      iamInstanceProfile: { arn: roles.profile.arn },
      // With two hops, a container in a bridge network could reach it. Ours use the host network.
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
      monitoring: { enabled: stage.isProduction },
      networkInterfaces: [
        { associatePublicIpAddress: "true", securityGroups: [groups.node.id], deleteOnTermination: "true" },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: 30, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      userData: Buffer.from(userData(clusterName)).toString("base64"),
      // The provider's default tags are not applied to instances that the group launches.
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: tagsOf(stage, site) })),
      updateDefaultVersion: true,
    },
    { provider },
  );
}
