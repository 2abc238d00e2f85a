import * as aws from "@pulumi/aws";
import { type Output, all, interpolate } from "@pulumi/pulumi";
import type { Images } from "#infra/images.ts";
import type { KeyPair } from "#infra/keys.ts";
import type { Names } from "#infra/names.ts";
import type { Network } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import type { Stage } from "#infra/stage.ts";
import type { State } from "#infra/state.ts";
import { type alarmer, watchAge, watchClocks, watchSite } from "./alarms.ts";
import { createAutoscaling } from "./autoscaling.ts";
import { createCluster, createMachines } from "./cluster.ts";
import { livekitConfig } from "./livekit-config.ts";
import { createSiteTargets, type LoadBalancers } from "./load-balancers.ts";
import { PORTS } from "./ports.ts";
import { createRoles } from "./roles.ts";
import type { SecurityGroups } from "./security-groups.ts";
import { createService } from "./service.ts";
import { createValkey, type Valkey } from "./valkey.ts";

/** What all sites of a region share. */
export type Shared = {
  stage: Stage;
  names: Names;
  network: Network;
  groups: SecurityGroups;
  balancers: LoadBalancers;
  subnetGroup: aws.elasticache.SubnetGroup;
  keys: Output<[KeyPair, ...KeyPair[]]>;
  state: State;
  images: Images;
  alarm: ReturnType<typeof alarmer>;
};

/** One LiveKit cluster in one zone, with its own Valkey. */
export function createSite(site: Site, order: number, shared: Shared): void {
  const { stage, names, network, groups, balancers } = shared;
  const { provider } = network;
  const clusterName = `veet-${stage.name}-${site.name}`;
  const valkey = createValkey(stage, site, network, shared.subnetGroup, groups);
  const secret = createSecret(site, valkey, shared);
  const logs = new aws.cloudwatch.LogGroup(
    `Media-${site.name}`,
    { name: `/veet/${stage.name}/${site.name}`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  const cluster = createCluster(stage, clusterName, site, network);
  const account = aws.getCallerIdentityOutput().accountId;
  const ecr = interpolate`arn:aws:ecr:${network.region.awsRegion}:${account}:repository/veet-${stage.name}`;
  const roles = createRoles(stage, site.name, network, {
    clusterArn: cluster.arn,
    secretArn: secret.arn,
    logGroupArn: interpolate`${logs.arn}:*`,
    repositories: [interpolate`${ecr}/livekit`, interpolate`${ecr}/gatekeeper`],
  });
  const machines = createMachines(stage, site, network, groups, cluster, clusterName, roles);
  const targets = createSiteTargets(site, names, network, balancers, order);
  new aws.autoscaling.Attachment(
    `Turn-${site.name}`,
    { autoscalingGroupName: machines.group.name, lbTargetGroupArn: balancers.turnTargets.arn },
    { provider },
  );
  const service = createService(site, network, {
    size: stage.media,
    images: imagesIn(shared.images, network.region.code),
    secretArn: secret.arn,
    secretVersion: secret.versionId,
    logGroupName: logs.name,
    roles,
    cluster,
    machines,
    targets,
  });
  createAutoscaling(stage.media, site, network, cluster, service, machines);
  watchAge(shared.alarm, stage, site, logs, provider);
  const parts = { cluster, service, machines: machines.group, valkeyId: valkey.id, targets };
  watchSite(shared.alarm, site.name, stage.media, { ...parts, signalling: balancers.signalling });
  watchClocks(shared.alarm, site.name, logs, provider);
}

function imagesIn({ livekit, gatekeeper }: Images, code: string) {
  const [ours, door] = [livekit[code], gatekeeper[code]];
  if (!ours || !door) throw new Error(`No images for ${code}`);
  return { livekit: ours, gatekeeper: door };
}

/** All secrets of a site's nodes, readable by their execution role only. */
function createSecret(site: Site, valkey: Valkey, { stage, names, network, keys, state }: Shared) {
  const { provider, region } = network;
  const secret = new aws.secretsmanager.Secret(
    `Media-${site.name}`,
    { namePrefix: `veet-${stage.name}-${site.name}-`, recoveryWindowInDays: stage.isProduction ? 30 : 0 },
    { provider },
  );
  const secretString = all([valkey.host, valkey.password, keys, state.url, state.token]).apply(
    ([host, password, pairs, redisUrl, redisToken]) => {
      const [{ apiKey, apiSecret }, other] = pairs;
      const config = {
        region,
        size: stage.media,
        redis: { host, password },
        keys: pairs,
        turnDomain: names.turn(region),
        webhookUrl: `https://${names.app}/api/livekit/webhook`,
      };
      return JSON.stringify({
        LIVEKIT_CONFIG: livekitConfig(config),
        GATEKEEPER_SITE_REDIS: `rediss://default:${encodeURIComponent(password)}@${host}:${PORTS.valkey}`,
        LIVEKIT_API_KEY: apiKey,
        LIVEKIT_API_SECRET: apiSecret,
        LIVEKIT_OTHER_API_KEY: other?.apiKey ?? "",
        LIVEKIT_OTHER_API_SECRET: other?.apiSecret ?? "",
        UPSTASH_REDIS_REST_URL: redisUrl,
        UPSTASH_REDIS_REST_TOKEN: redisToken,
      });
    },
  );
  const version = new aws.secretsmanager.SecretVersion(
    `Media-${site.name}`,
    { secretId: secret.id, secretString },
    { provider },
  );
  return { arn: secret.arn, versionId: version.versionId };
}
