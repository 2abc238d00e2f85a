import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import type { Site } from "#infra/regions.ts";
import type { MediaSize } from "#infra/stage.ts";
import type { Machines } from "./cluster.ts";

/** Of the CPU units that service.ts gives a task. A new node takes three minutes and rooms do not move to it, so the existing nodes need headroom until then. */
const TARGET_CPU_PERCENT = 45;
/** Share of the network card's baseline. */
export const BUSY_NETWORK_SHARE = 0.7;

/** Adds nodes when they are busy. Removes them slowly, because each takes hours to empty. */
export function createAutoscaling(
  size: MediaSize,
  site: Site,
  { provider }: Network,
  cluster: aws.ecs.Cluster,
  service: aws.ecs.Service,
  machines: Machines,
): void {
  const target = new aws.appautoscaling.Target(
    `Scale-${site.name}`,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: interpolate`service/${cluster.name}/${service.name}`,
      minCapacity: size.minNodes,
      maxCapacity: size.maxNodes,
    },
    { provider },
  );
  const shared = {
    serviceNamespace: target.serviceNamespace,
    scalableDimension: target.scalableDimension,
    resourceId: target.resourceId,
  };
  new aws.appautoscaling.Policy(
    `ScaleCpu-${site.name}`,
    {
      ...shared,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: TARGET_CPU_PERCENT,
        scaleOutCooldown: 60,
        scaleInCooldown: 900,
      },
    },
    { provider },
  );
  const addOne = new aws.appautoscaling.Policy(
    `ScaleNetwork-${site.name}`,
    {
      ...shared,
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        cooldown: 180,
        metricAggregationType: "Average",
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
      },
    },
    { provider },
  );
  new aws.cloudwatch.MetricAlarm(
    `ScaleNetwork-${site.name}`,
    {
      namespace: "AWS/EC2",
      metricName: "NetworkOut",
      dimensions: { AutoScalingGroupName: machines.group.name },
      statistic: "Average",
      period: 60,
      evaluationPeriods: 3,
      comparisonOperator: "GreaterThanThreshold",
      threshold: size.baselineBytesPerSecond * 60 * BUSY_NETWORK_SHARE,
      treatMissingData: "notBreaching",
      alarmDescription: "Adds a media node",
      alarmActions: [addOne.arn],
    },
    { provider },
  );
}
