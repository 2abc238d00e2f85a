import * as aws from "@pulumi/aws";
import { type Output, all } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import type { MediaSize } from "#infra/stage.ts";
import type { Machines } from "./cluster.ts";
import type { SiteTargets } from "./load-balancers.ts";
import { PORTS } from "./ports.ts";
import type { Roles } from "./roles.ts";
import { NODE_IP_DIRECTORY } from "./user-data.ts";

export type ServicePlan = {
  size: MediaSize;
  images: { livekit: Output<string>; gatekeeper: Output<string> };
  secretArn: Output<string>;
  secretVersion: Output<string>;
  logGroupName: Output<string>;
  roles: Roles;
  cluster: aws.ecs.Cluster;
  machines: Machines;
  targets: SiteTargets;
};

/** The gatekeeper container's hard limit, in MiB: 140 at start, plus 50 kB per connection. */
export const GATEKEEPER_MEMORY_MB = 512;
/** Memory reserved for LiveKit's container, in MiB. */
const LIVEKIT_RESERVATION_MB = 1024;
/** Above this share of its limit, Go's garbage collector works harder to use less memory. */
const SOFT_SHARE = 0.9;
/**
 * JavaScript objects get 60 % of the gatekeeper's limit; buffers and the program need the rest. The young generation gets 1 MB: with V8's
 * default of 16 MB a connection takes a third more memory, because most of its objects are short-lived.
 */
export const GATEKEEPER_NODE_OPTIONS = `--max-old-space-size=${Math.floor(GATEKEEPER_MEMORY_MB * 0.6)} --max-semi-space-size=1`;

/** The gatekeeper's environment without its secrets. */
function gatekeeperEnvironment(site: Site): Record<string, string> {
  return {
    NODE_OPTIONS: GATEKEEPER_NODE_OPTIONS,
    GATEKEEPER_PORT: String(PORTS.gatekeeper),
    GATEKEEPER_HOST: "0.0.0.0",
    GATEKEEPER_TARGET: `http://127.0.0.1:${PORTS.signal}`,
    GATEKEEPER_SITE: site.name,
    GATEKEEPER_METRICS: `http://127.0.0.1:${PORTS.metrics}/metrics`,
    // Also where nothing scrapes: switching monitoring on or off must not drain the nodes.
    GATEKEEPER_METRICS_LISTEN: `private:${PORTS.gatekeeperMetrics}`,
    // The state is Upstash's.
    REDIS_URL: "",
  };
}

/** The keys in the site's secret, by the variable they become. */
export const GATEKEEPER_SECRETS = [
  "GATEKEEPER_SITE_REDIS",
  "LIVEKIT_API_KEY",
  "LIVEKIT_API_SECRET",
  "LIVEKIT_OTHER_API_KEY",
  "LIVEKIT_OTHER_API_SECRET",
  "UPSTASH_REDIS_REST_URL",
  "UPSTASH_REDIS_REST_TOKEN",
] as const;

/** In units of 1,024 per core. The rest is for the machine: ECS's agent, Docker, the kernel's packet handling. */
const GATEKEEPER_CPU = 256;
const MACHINE_CPU = 256;

/**
 * Shares, not limits: a container can use what the other one leaves. ECS needs their sum to compute the utilisation by which it scales.
 * They are set per container because a task's own `cpu` would be a hard limit.
 */
function livekitCpu({ vcpus }: MediaSize): number {
  return vcpus * 1_024 - GATEKEEPER_CPU - MACHINE_CPU;
}

/** Runs a node's two containers, on as many nodes as the load requires. */
export function createService(site: Site, network: Network, plan: ServicePlan): aws.ecs.Service {
  const { provider } = network;
  const task = new aws.ecs.TaskDefinition(
    `Task-${site.name}`,
    {
      family: plan.cluster.name,
      networkMode: "host",
      requiresCompatibilities: ["EC2"],
      executionRoleArn: plan.roles.execution.arn,
      taskRoleArn: plan.roles.task.arn,
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      // ECS rolls back to the previous revision if no task of this one becomes healthy, which needs that revision to be registered.
      skipDestroy: true,
      volumes: [{ name: "node-ip", hostPath: NODE_IP_DIRECTORY }],
      containerDefinitions: containers(site, network.region.awsRegion, plan),
    },
    { provider },
  );
  return new aws.ecs.Service(
    `Media-${site.name}`,
    {
      cluster: plan.cluster.arn,
      taskDefinition: task.arn,
      desiredCount: plan.size.minNodes,
      capacityProviderStrategies: [{ capacityProvider: plan.machines.capacity.name, weight: 1 }],
      // Host ports: one task per machine.
      placementConstraints: [{ type: "distinctInstance" }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriodSeconds: 120,
      // Draining takes as long as the longest meeting, and a deployment must not wait for that.
      waitForSteadyState: false,
      loadBalancers: [
        { containerName: "gatekeeper", containerPort: PORTS.gatekeeper, targetGroupArn: plan.targets.gatekeeper.arn },
        { containerName: "livekit", containerPort: PORTS.signal, targetGroupArn: plan.targets.api.arn },
      ],
      propagateTags: "SERVICE",
    },
    {
      provider,
      // Set by autoscaling.
      ignoreChanges: ["desiredCount"],
      dependsOn: [plan.machines.association, ...plan.roles.policies, ...plan.targets.rules],
    },
  );
}

function containers(site: Site, awsRegion: string, plan: ServicePlan): Output<string> {
  return all([
    plan.images.livekit,
    plan.images.gatekeeper,
    plan.secretArn,
    plan.secretVersion,
    plan.logGroupName,
  ]).apply(([livekit, gatekeeper, secretArn, version, logGroup]) => {
    const secret = (name: string) => ({ name, valueFrom: `${secretArn}:${name}::${version}` });
    const logging = (prefix: string) => ({
      logDriver: "awslogs",
      options: { "awslogs-group": logGroup, "awslogs-region": awsRegion, "awslogs-stream-prefix": prefix },
    });
    const confined = { readonlyRootFilesystem: true, linuxParameters: { capabilities: { drop: ["ALL"] } } };
    const variables = (named: Record<string, string>) =>
      Object.entries(named).map(([name, value]) => ({ name, value }));
    const port = (containerPort: number) => [{ containerPort, hostPort: containerPort, protocol: "tcp" }];
    // No stopTimeout anywhere: it would override the machine's six hours.
    return JSON.stringify([
      {
        name: "livekit",
        image: livekit,
        essential: true,
        cpu: livekitCpu(plan.size),
        memoryReservation: LIVEKIT_RESERVATION_MB,
        memory: plan.size.livekitMemoryMb,
        environment: variables({ GOMEMLIMIT: `${Math.round(plan.size.livekitMemoryMb * SOFT_SHARE)}MiB` }),
        portMappings: port(PORTS.signal),
        mountPoints: [{ sourceVolume: "node-ip", containerPath: NODE_IP_DIRECTORY, readOnly: true }],
        ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
        secrets: [secret("LIVEKIT_CONFIG")],
        logConfiguration: logging("livekit"),
        ...confined,
      },
      {
        name: "gatekeeper",
        image: gatekeeper,
        // The gatekeeper's failure must not end calls; ECS restarts it. It has no dependencies: otherwise LiveKit would be notified of a
        // drain only after the last connection through it had closed.
        essential: false,
        restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
        cpu: GATEKEEPER_CPU,
        memory: GATEKEEPER_MEMORY_MB,
        portMappings: port(PORTS.gatekeeper),
        environment: variables(gatekeeperEnvironment(site)),
        secrets: GATEKEEPER_SECRETS.map(secret),
        logConfiguration: logging("gatekeeper"),
        ...confined,
      },
    ]);
  });
}
