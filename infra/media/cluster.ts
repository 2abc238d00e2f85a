import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import type { Stage } from "#infra/stage.ts";
import { userData } from "./user-data.ts";
import type { Roles } from "./roles.ts";
import type { SecurityGroups } from "./security-groups.ts";

/** Amazon Linux 2023 for ECS on Graviton, as AWS patches it. */
const IMAGE = "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id";

export type Machines = {
  group: aws.autoscaling.Group;
  capacity: aws.ecs.CapacityProvider;
  /** Says that the cluster may use them. A service that comes before it finds no machines. */
  association: aws.ecs.ClusterCapacityProviders;
};

/** With Container Insights, which alone knows what each task uses; docs/costs.md has its price. */
export function createCluster(stage: Stage, name: string, site: Site, network: Network): aws.ecs.Cluster {
  const { provider } = network;
  // ECS would make it by itself, and keep what is in it for ever.
  const logs = new aws.cloudwatch.LogGroup(
    `Insights-${site.name}`,
    { name: `/aws/ecs/containerinsights/${name}/performance`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  const settings = [{ name: "containerInsights", value: "enabled" }];
  return new aws.ecs.Cluster(`Cluster-${site.name}`, { name, settings }, { provider, dependsOn: logs });
}

/** The machines of a site, all in its zone. ECS decides how many there are, and never takes one that still has a meeting. */
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
      // While a deployment drains, every node has a successor beside it.
      maxSize: 2 * stage.media.maxNodes,
      launchTemplate: { id: template.id, version: interpolate`${template.latestVersion}` },
      protectFromScaleIn: true,
      // "ELB" would end a machine for a 406, and the calls on it.
      healthCheckType: "EC2",
      suspendedProcesses: ["AZRebalance"],
      tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    {
      provider,
      // ECS sets the number.
      ignoreChanges: ["desiredCapacity"],
      // Without one of these a node cannot tell ECS that its task has stopped, and both wait for each other on removal.
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

/** By these the bill is told apart by stage and site. */
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
      // Two hops would let a container in a bridge network ask; ours share the host's.
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
      // The provider's default tags do not reach what the group launches.
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: tagsOf(stage, site) })),
      updateDefaultVersion: true,
    },
    { provider },
  );
}
