import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import { type Network, subnetIds } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import { createValkeyPassword } from "#infra/secrets.ts";
import type { Stage } from "#infra/stage.ts";
import { PORTS } from "./ports.ts";
import type { SecurityGroups } from "./security-groups.ts";

export type Valkey = { host: Output<string>; password: Output<string>; id: string };

/** Shared by all Valkeys of a region; each Valkey chooses its own zone. */
export function createSubnetGroup(network: Network): aws.elasticache.SubnetGroup {
  const subnets = { subnetIds: subnetIds(network, "private") };
  return new aws.elasticache.SubnetGroup(`Valkey-${network.region.code}`, subnets, { provider: network.provider });
}

/**
 * A site's directory for LiveKit. One node and no replica: while it is down, running calls continue and new ones use the other site.
 * LiveKit does not support Redis Cluster's sharding, so cluster mode is off.
 */
export function createValkey(
  stage: Stage,
  site: Site,
  network: Network,
  group: aws.elasticache.SubnetGroup,
  groups: SecurityGroups,
): Valkey {
  const password = createValkeyPassword(site.name);
  const id = `veet-${stage.name}-${site.name}`.slice(0, 40).replace(/-+$/, "");
  const valkey = new aws.elasticache.ReplicationGroup(
    `Valkey-${site.name}`,
    {
      replicationGroupId: id,
      description: `LiveKit's directory of ${site.name}`,
      engine: "valkey",
      engineVersion: "8.0",
      parameterGroupName: "default.valkey8",
      nodeType: stage.valkeyNodeType,
      port: PORTS.valkey,
      numCacheClusters: 1,
      automaticFailoverEnabled: false,
      multiAzEnabled: false,
      preferredCacheClusterAzs: [network.subnets.private[site.zone].availabilityZone],
      subnetGroupName: group.name,
      securityGroupIds: [groups.valkey.id],
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      authToken: password,
      authTokenUpdateStrategy: "ROTATE",
      // Sunday 03:00 UTC, when there are few meetings. LiveKit rebuilds its directory afterwards.
      maintenanceWindow: "sun:03:00-sun:04:00",
      applyImmediately: false,
    },
    { provider: network.provider },
  );
  return { host: valkey.primaryEndpointAddress, password, id };
}
