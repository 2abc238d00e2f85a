import * as aws from "@pulumi/aws";

/**
 * Attaches the permissions boundary to every role, including SST's own: no role can do more than it, whatever its policies allow. The
 * deploy role can create only roles with this boundary (deploy/github-deploy-role.yaml), so it cannot make itself an administrator.
 */
export function boundRoles(boundaryArn: string | undefined): void {
  if (!boundaryArn) return;
  $transform(aws.iam.Role, (args) => {
    args.permissionsBoundary = boundaryArn;
  });
}
