import * as aws from "@pulumi/aws";

/** SST's name for the function that signs requests at the edge (ssr-site.ts). */
const EDGE_FUNCTION = /EdgeFunction$/;

/**
 * Keeps the edge function when a stage is removed. AWS refuses to delete it until CloudFront has dropped its copies, hours after the
 * distribution is gone, so every removal would end with an error. It costs nothing; docs/operations-aws.md says how to delete it.
 */
export function leaveEdgeFunction(): void {
  $transform(aws.lambda.Function, (_args, options, name) => {
    if (EDGE_FUNCTION.test(name)) options.retainOnDelete = true;
  });
}
