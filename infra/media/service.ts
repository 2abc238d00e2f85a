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

/** What a gatekeeper is given besides its secrets. */
function gatekeeperEnvironment(site: Site): Record<string, string> {
  return {
    GATEKEEPER_PORT: String(PORTS.gatekeeper),
    GATEKEEPER_HOST: "0.0.0.0",
    GATEKEEPER_TARGET: `http://127.0.0.1:${PORTS.signal}`,
    GATEKEEPER_SITE: site.name,
    GATEKEEPER_METRICS: `http://127.0.0.1:${PORTS.metrics}/metrics`,
  };
}

/** Names in the site's secret, by the variable they become. */
export const GATEKEEPER_SECRETS = [
  "GATEKEEPER_SITE_REDIS",
  "LIVEKIT_API_KEY",
  "LIVEKIT_API_SECRET",
  "LIVEKIT_OTHER_API_KEY",
  "LIVEKIT_OTHER_API_SECRET",
  "UPSTASH_REDIS_REST_URL",
  "UPSTASH_REDIS_REST_TOKEN",
] as const;

/** Of 1,024 units a core. What is left to the machine: ECS's agent, Docker, the kernel's work on packets. */
const GATEKEEPER_CPU = 256;
const MACHINE_CPU = 256;

/**
 * Shares, not limits: a container may use what the other leaves. ECS measures a service's processor time against their sum, by which
 * it scales, so a sum there must be. It is of the containers, since a task's own `cpu` would be a hard limit.
 */
function livekitCpu({ vcpus }: MediaSize): number {
  return vcpus * 1_024 - GATEKEEPER_CPU - MACHINE_CPU;
}

/** A node's two containers, and as many such nodes as the load asks for. */
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
      // ECS goes back to the revision before this one if no task of this one becomes healthy, and cannot if that is deregistered.
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
      // Host ports: one to a machine.
      placementConstraints: [{ type: "distinctInstance" }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriodSeconds: 120,
      // Draining takes as long as the longest meeting; a deployment must not wait for it.
      waitForSteadyState: false,
      loadBalancers: [
        { containerName: "gatekeeper", containerPort: PORTS.gatekeeper, targetGroupArn: plan.targets.gatekeeper.arn },
        { containerName: "livekit", containerPort: PORTS.signal, targetGroupArn: plan.targets.api.arn },
      ],
      propagateTags: "SERVICE",
    },
    {
      provider,
      // Autoscaling sets the number.
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
    const port = (containerPort: number) => [{ containerPort, hostPort: containerPort, protocol: "tcp" }];
    // No stopTimeout anywhere: it would take the place of the machine's six hours.
    return JSON.stringify([
      {
        name: "livekit",
        image: livekit,
        essential: true,
        cpu: livekitCpu(plan.size),
        memoryReservation: 1024,
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
        // Its fall must not take the calls along; ECS starts it again. It depends on nothing, or LiveKit would hear of a
        // drain only after the last connection through it had gone.
        essential: false,
        restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
        cpu: GATEKEEPER_CPU,
        memory: 512,
        portMappings: port(PORTS.gatekeeper),
        environment: Object.entries(gatekeeperEnvironment(site)).map(([name, value]) => ({ name, value })),
        secrets: GATEKEEPER_SECRETS.map(secret),
        logConfiguration: logging("gatekeeper"),
        ...confined,
      },
    ]);
  });
}
