import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";
import type { MonitoringImages } from "#infra/base-images.ts";
import { type Statement, allow, createNamedRole } from "#infra/media/roles.ts";
import type { Network } from "#infra/network.ts";
import type { Stage } from "#infra/stage.ts";
import type { MonitoringAccess } from "./access.ts";
import { TASK_CPU, TASK_MEMORY_MB, monitoringContainers } from "./containers.ts";

/**
 * Prometheus and Grafana as one Fargate task in the primary region. Its disk lasts as long as the task: alarms do not depend on it.
 */
export function createMonitoring(stage: Stage, primary: Network, access: MonitoringAccess, images: MonitoringImages) {
  const { region, provider } = primary;
  const name = `Monitoring-${region.code}`;
  const logs = new aws.cloudwatch.LogGroup(
    name,
    { name: `/veet/${stage.name}/monitoring`, retentionInDays: stage.logRetentionDays },
    { provider },
  );
  const cluster = new aws.ecs.Cluster(
    name,
    { name: `veet-${stage.name}-monitoring`, settings: [{ name: "containerInsights", value: "disabled" }] },
    { provider },
  );
  const roles = createRoles(stage, primary, logs);
  const task = new aws.ecs.TaskDefinition(
    name,
    {
      family: cluster.name,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: String(TASK_CPU),
      memory: String(TASK_MEMORY_MB),
      executionRoleArn: roles.execution.arn,
      taskRoleArn: roles.task.arn,
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      skipDestroy: true,
      containerDefinitions: logs.name.apply((group) =>
        monitoringContainers(stage.name, stage.regions, images, { group, awsRegion: region.awsRegion }),
      ),
    },
    { provider },
  );
  new aws.ecs.Service(
    name,
    {
      cluster: cluster.arn,
      taskDefinition: task.arn,
      desiredCount: 1,
      launchType: "FARGATE",
      // The address is for its own requests. Its security group has no inbound rule.
      networkConfiguration: { subnets: [access.subnet.id], securityGroups: [access.group.id], assignPublicIp: true },
      enableExecuteCommand: true,
      deploymentMinimumHealthyPercent: 0,
      deploymentMaximumPercent: 100,
      availabilityZoneRebalancing: "DISABLED",
      deploymentCircuitBreaker: { enable: true, rollback: true },
      // Boards that do not start are no reason to fail a deployment of meetings.
      waitForSteadyState: false,
      propagateTags: "SERVICE",
    },
    { provider, dependsOn: [...access.needs, ...roles.policies] },
  );
}

function createRoles(stage: Stage, { region, provider }: Network, logs: aws.cloudwatch.LogGroup) {
  const create = (kind: string, statements: Statement[]) => {
    const name = `Monitoring${kind}-${region.code}`;
    const role = createNamedRole(stage, name, "ecs-tasks.amazonaws.com", provider);
    return { role, policy: allow(role, name, statements, provider) };
  };
  const execution = create("Start", [
    { sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [interpolate`${logs.arn}:*`] },
  ]);
  const task = create("Task", [
    {
      sid: "FindNodes",
      // EC2 cannot limit this to resources, only to regions.
      actions: ["ec2:DescribeInstances"],
      resources: ["*"],
      conditions: [
        { test: "StringEquals", variable: "aws:RequestedRegion", values: stage.regions.map((one) => one.awsRegion) },
      ],
    },
    {
      sid: "SessionManager",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
  ]);
  return { execution: execution.role, task: task.role, policies: [execution.policy, task.policy] };
}
