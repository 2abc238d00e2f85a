import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";

/** SST's own components build and upload right away; these only record their inputs. */
class Secret extends pulumi.ComponentResource {
  readonly value: pulumi.Output<string>;
  constructor(name: string, placeholder?: string) {
    super("sst:Secret", name, {});
    record("sst:Secret", name, { placeholder });
    this.value = pulumi.secret(`value of ${name}, long enough to sign with`);
  }
}

class Nextjs extends pulumi.ComponentResource {
  readonly nodes: { cdn: { nodes: { distribution: { arn: pulumi.Output<string> } } } };
  constructor(name: string, args: pulumi.Inputs) {
    super("sst:aws:Nextjs", name, {});
    pulumi
      .all([args.environment, args.transform])
      .apply(([environment, transform]) => record("sst:aws:Nextjs", name, { ...args, environment, transform }));
    this.nodes = { cdn: { nodes: { distribution: { arn: pulumi.output("arn:aws:cloudfront::1:distribution/E1") } } } };
  }
}

class CronV2 extends pulumi.ComponentResource {
  constructor(name: string, args: pulumi.Inputs, options: { provider?: pulumi.ProviderResource }) {
    super("sst:aws:CronV2", name, {});
    pulumi.all([args, options.provider?.urn]).apply(([known, urn]) => record("sst:aws:CronV2", name, known, urn));
  }
}

let recorder: ((type: string, name: string, inputs: unknown, provider?: string) => void) | undefined;
function record(type: string, name: string, inputs: unknown, provider?: string): void {
  recorder?.(type, name, inputs, provider);
}

type Change = (inputs: object, options: object, name: string) => void;
/** Changes registered with `$transform`, by resource type. */
const changes = new Map<string, Change>();
function transform(resource: { __pulumiType: string }, change: Change): void {
  changes.set(resource.__pulumiType, change);
}

/** @returns a resource's inputs after the `$transform` changes. */
export function changed<T extends object>(type: string, inputs: T, name = "", options: object = {}): T {
  const copy = { ...inputs };
  changes.get(type)?.(copy, options, name);
  return copy;
}

/** Puts SST's globals into the global scope, and passes every component created with them to `into`. */
export function standIn(into: NonNullable<typeof recorder>): void {
  recorder = into;
  changes.clear();
  const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
  Object.assign(globalThis, {
    sst: { Secret, aws: { Nextjs, CronV2 } },
    $transform: transform,
    $cli: { paths: { root } },
  });
}
