import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Network } from "#infra/network.ts";
import type { Stage } from "#infra/stage.ts";

export type Roles = {
  profile: aws.iam.InstanceProfile;
  /** Used by ECS to start a task: images, log streams, and this site's secret. */
  execution: aws.iam.Role;
  /** The containers' role. It has no rights. */
  task: aws.iam.Role;
  /** Policies of the instance and execution roles: without them a node cannot report that its task has stopped. */
  policies: aws.iam.RolePolicy[];
};

export type Statement = {
  sid: string;
  actions: string[];
  resources: Input<string>[];
  conditions?: { test: string; variable: string; values: string[] }[];
};
type Allowed = {
  clusterArn: Input<string>;
  secretArn: Input<string>;
  logGroupArn: Input<string>;
  repositories: Input<string>[];
};

/** The roles of one site. Every action is named; none contains a `*`. */
export function createRoles(stage: Stage, siteName: string, network: Network, allowed: Allowed): Roles {
  const { provider } = network;
  const createRole = (kind: string, service: string) =>
    createNamedRole(stage, `${kind}-${siteName}`, service, provider);
  const instance = createRole("Node", "ec2.amazonaws.com");
  const join = allow(instance, `Node-${siteName}`, instanceStatements(allowed.clusterArn), provider);
  const execution = createRole("Start", "ecs-tasks.amazonaws.com");
  const start = allow(execution, `Start-${siteName}`, executionStatements(allowed), provider);
  const task = createRole("Task", "ecs-tasks.amazonaws.com");
  const profile = new aws.iam.InstanceProfile(
    `Node-${siteName}`,
    { role: instance.name, namePrefix: `veet-${stage.name}-` },
    { provider },
  );
  return { profile, execution, task, policies: [join, start] };
}

/** Prefixed with the stage's name, by which the deploy role recognises it. AWS adds 26 characters to a prefix of at most 38. */
export function createNamedRole(stage: Stage, name: string, service: string, provider: aws.Provider): aws.iam.Role {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const namePrefix = `veet-${stage.name}-${name.toLowerCase()}-`.slice(0, 38);
  return new aws.iam.Role(name, { namePrefix, assumeRolePolicy }, { provider });
}

export function allow(role: aws.iam.Role, name: string, statements: Statement[], provider: aws.Provider) {
  const policy = aws.iam.getPolicyDocumentOutput({
    statements: statements.map((one) => ({ effect: "Allow", ...one })),
  });
  return new aws.iam.RolePolicy(name, { role: role.name, policy: policy.json }, { provider });
}

/** What ECS calls from its machines, and Session Manager in place of SSH. Only the cluster's actions can be limited to a resource. */
function instanceStatements(clusterArn: Input<string>): Statement[] {
  return [
    {
      sid: "Join",
      actions: ["ecs:RegisterContainerInstance", "ecs:DeregisterContainerInstance"],
      resources: [clusterArn],
    },
    {
      sid: "Serve",
      actions: [
        "ecs:DiscoverPollEndpoint",
        "ecs:Poll",
        "ecs:StartTelemetrySession",
        "ecs:UpdateContainerInstancesState",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      resources: ["*"],
    },
    {
      sid: "SessionManager",
      actions: [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
  ];
}

function executionStatements({ secretArn, logGroupArn, repositories }: Allowed): Statement[] {
  const pulls = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  return [
    { sid: "Secret", actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] },
    { sid: "Login", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    { sid: "Pull", actions: pulls, resources: repositories },
    { sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroupArn] },
  ];
}
