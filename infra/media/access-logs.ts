import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import { type Stage, isKept, removable } from "#infra/stage.ts";

/** A private bucket that only the load balancer's log delivery can write to. It holds users' addresses, so its objects expire. */
export function createLogBucket(stage: Stage, { region, provider }: Network) {
  const isForced = !isKept(stage, region);
  const bucket = new aws.s3.Bucket(
    `Logs-${region.code}`,
    { bucketPrefix: `veet-${stage.name}-logs-${region.code}-`.slice(0, 37), forceDestroy: isForced },
    { provider, ...removable(region) },
  );
  const options = { provider };
  new aws.s3.BucketPublicAccessBlock(
    `Logs-${region.code}`,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    options,
  );
  new aws.s3.BucketLifecycleConfiguration(
    `Logs-${region.code}`,
    {
      bucket: bucket.id,
      rules: [{ id: "forget", status: "Enabled", filter: {}, expiration: { days: stage.logRetentionDays } }],
    },
    options,
  );
  const account = aws.getCallerIdentityOutput().accountId;
  const principals = [{ type: "Service", identifiers: ["delivery.logs.amazonaws.com"] }];
  const isOurs = { test: "StringEquals", variable: "aws:SourceAccount", values: [account] };
  const policy = new aws.s3.BucketPolicy(
    `Logs-${region.code}`,
    {
      bucket: bucket.id,
      policy: aws.iam.getPolicyDocumentOutput({
        statements: [
          {
            effect: "Allow",
            principals,
            actions: ["s3:PutObject"],
            resources: [interpolate`${bucket.arn}/turn/AWSLogs/${account}/*`],
            conditions: [
              isOurs,
              { test: "StringEquals", variable: "s3:x-amz-acl", values: ["bucket-owner-full-control"] },
            ],
          },
          {
            effect: "Allow",
            principals,
            actions: ["s3:GetBucketAcl"],
            resources: [bucket.arn],
            conditions: [isOurs],
          },
        ],
      }).json,
    },
    options,
  );
  return { bucket: bucket.id, policy };
}
