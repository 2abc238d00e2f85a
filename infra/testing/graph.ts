import * as pulumi from "@pulumi/pulumi";
import { platformProvider } from "./provider-name.ts";
import { changed, standIn } from "./stand-ins.ts";

/** A resource of one stage. `provider` is the region code of its provider, if it has one. */
export type Resource<Inputs = unknown> = {
  type: string;
  name: string;
  inputs: Inputs;
  provider?: string;
  /** Resources created before it and removed after it, as `type name`. */
  dependencies?: string[];
  options?: { ignoreChanges: string[]; isRetained: boolean | undefined };
};
export type Graph = Resource[];

const cloud: pulumi.runtime.Mocks = {
  newResource: ({ type, name, inputs }) => ({ id: `${name}-id`, state: { ...inputs, ...known(type, name, inputs) } }),
  call: ({ token, inputs, provider }) => answerOf(token, inputs, platformProvider(provider).provider ?? "home"),
};

/** The inputs that the checks read, as Pulumi passes them to its mocks. */
type Inputs = {
  name?: string;
  domainName?: string;
  subjectAlternativeNames?: string[];
  certificateArn?: string;
  statements?: unknown;
};

/** What AWS, Upstash and Docker would answer, as far as the code reads it. */
function known(type: string, name: string, inputs: Inputs): Record<string, unknown> {
  const common = { arn: `arn:aws:${type}:${name}`, urn: name };
  switch (type) {
    case "aws:lb/loadBalancer:LoadBalancer":
      return { ...common, arnSuffix: `app/${name}`, dnsName: `${name}.elb.example`, zoneId: `Z-${name}` };
    case "aws:lb/targetGroup:TargetGroup":
      return { ...common, arnSuffix: `targetgroup/${name}` };
    case "aws:acm/certificate:Certificate":
      return {
        ...common,
        domainValidationOptions: proofs([inputs.domainName ?? "", ...(inputs.subjectAlternativeNames ?? [])]),
      };
    case "aws:acm/certificateValidation:CertificateValidation":
      return { certificateArn: inputs.certificateArn };
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return { ...common, primaryEndpointAddress: `${name}.cache.example` };
    case "random:index/randomPassword:RandomPassword":
      return { result: `drawn-for-${name}`.padEnd(48, "x") };
    case "upstash:index/redisDatabase:RedisDatabase":
      return { endpoint: "state.upstash.example", restToken: "token-of-state" };
    case "docker-build:index:Image":
      return { digest: "sha256:0123" };
    case "aws:ecr/repository:Repository":
      return { ...common, repositoryUrl: `registry.example/${inputs.name}`, registryId: "1" };
    case "aws:secretsmanager/secretVersion:SecretVersion":
      return { ...common, versionId: `${name}-version` };
    default:
      return { ...common, name: inputs.name ?? name, fqdn: inputs.name, latestVersion: 1 };
  }
}

function proofs(hosts: string[]) {
  return hosts.map((domainName) => ({
    domainName,
    resourceRecordName: `_proof.${domainName}`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "proof.example",
  }));
}

function answerOf(token: string, inputs: Inputs, code: string): Record<string, unknown> {
  switch (token) {
    case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
      return { locations: OFFERING[code] ?? zonesIn(code).slice(0, 3) };
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return { names: zonesIn(code) };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return { json: JSON.stringify({ Statement: inputs.statements }) };
    case "aws:route53/getZone:getZone":
      return { zoneId: "Z1", name: inputs.name };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: "123456789012" };
    case "aws:ecr/getAuthorizationToken:getAuthorizationToken":
      return { proxyEndpoint: "registry.example", userName: "AWS", password: "password" };
    default:
      throw new Error(`Nothing here answers ${token}`);
  }
}

/** Zones that offer each machine type, by region: not always `a` and `b`. Other regions have `a`, `b` and `c`. */
export const OFFERING: Record<string, string[]> = {
  use1: ["us-east-1d", "us-east-1b", "us-east-1-bos-1a"],
  apse2: ["ap-southeast-2c", "ap-southeast-2a"],
};
const REGION_OF: Record<string, string> = { use1: "us-east-1", euw1: "eu-west-1", apse2: "ap-southeast-2" };
function zonesIn(code: string): string[] {
  return ["a", "b", "c", "d"].map((letter) => `${REGION_OF[code] ?? code}${letter}`);
}

/** Runs the program with Pulumi's mocks and returns the requested resources, with all outputs resolved. */
export async function graphOf(program: () => void): Promise<Graph> {
  const graph: Graph = [];
  const keep = (type: string, name: string, inputs: unknown, provider?: string) => {
    graph.push({ type, name, inputs: JSON.parse(JSON.stringify(plain(inputs))), ...platformProvider(provider) });
  };
  standIn(keep);
  await pulumi.runtime.setMocks(
    {
      ...cloud,
      newResource: (args) => {
        // The stand-ins record their own inputs.
        if (!args.type.startsWith("sst:")) keep(args.type, args.name, changed(args.type, args.inputs), args.provider);
        return cloud.newResource(args);
      },
    },
    "veet",
    "test",
  );
  const orders = recordOrders();
  program();
  await settled(graph);
  return graph
    .filter(({ type }) => !type.startsWith("pulumi:"))
    .map((resource) => ({ ...resource, ...orders.get(`${resource.type} ${resource.name}`) }));
}

type Order = Pick<Resource, "dependencies" | "options">;

/** The mocks do not receive a resource's dependencies, so they are read from the monitor. */
function recordOrders(): Map<string, Order> {
  const orders = new Map<string, Order>();
  const monitor = pulumi.runtime.getMonitor();
  if (!monitor) throw new Error("Pulumi has no monitor");
  const register = monitor.registerResource.bind(monitor) as (...args: unknown[]) => unknown;
  const recording = (request: Registration, ...rest: unknown[]) => {
    orders.set(`${request.getType()} ${request.getName()}`, {
      dependencies: request.getDependenciesList().map(nameOf),
      options: {
        ignoreChanges: request.getIgnorechangesList(),
        isRetained: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
      },
    });
    return register(request, ...rest);
  };
  Object.assign(monitor, { registerResource: recording });
  return orders;
}
type Registration = {
  getType: () => string;
  getName: () => string;
  getDependenciesList: () => string[];
  getIgnorechangesList: () => string[];
  hasRetainondelete: () => boolean;
  getRetainondelete: () => boolean | undefined;
};

/** Turns `urn:pulumi:test::veet::parent$type::name` into `type name`. */
function nameOf(urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  return `${type.split("$").pop()} ${name}`;
}

/** Outputs resolve over many turns; when nothing has been added for a while, the graph is complete. */
async function settled(graph: Graph): Promise<void> {
  for (let before = -1; before !== graph.length;) {
    before = graph.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Unwraps secrets and leaves functions out. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== "object") return typeof value === "function" ? undefined : value;
  if (Array.isArray(value)) return value.map(plain);
  if ("4dabf18193072939515e22adb298388d" in value && "value" in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
