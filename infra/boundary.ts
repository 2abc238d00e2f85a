import * as aws from "@pulumi/aws";

/**
 * Gives every role the boundary, SST's own among them: none may do more than it, whatever its policies say. A deploy role that
 * may only make roles with it (deploy/github-deploy-role.yaml) cannot make itself an administrator.
 */
export function boundRoles(boundaryArn: string | undefined): void {
  if (!boundaryArn) return;
  $transform(aws.iam.Role, (args) => {
    args.permissionsBoundary = boundaryArn;
  });
}
