import * as aws from "@pulumi/aws";

/** What SST calls the function that signs requests at CloudFront's edge (ssr-site.ts). */
const EDGE_FUNCTION = /EdgeFunction$/;

/**
 * Leaves the edge function behind when a stage is removed. AWS refuses to delete it until CloudFront has given up its copies, hours
 * after the distribution is gone, and the removal would end with an error each time. It costs nothing; the page says how to delete it.
 */
export function leaveEdgeFunction(): void {
  $transform(aws.lambda.Function, (_args, options, name) => {
    if (EDGE_FUNCTION.test(name)) options.retainOnDelete = true;
  });
}
