import type { Graph, Resource } from "./graph.ts";
import type { Kind, Kinds } from "./kinds.ts";

/** All resources of a type, by the last part of its name: `Vpc`, `SecurityGroupIngressRule`. */
export function all<K extends Kind>(graph: Graph, kind: K): Resource<Kinds[K]>[] {
  // The type's name determines the type of its inputs.
  return graph.filter(({ type }) => type.endsWith(`:${kind}`)) as Resource<Kinds[K]>[];
}

/** The only resource of a type with that name. */
export function one<K extends Kind>(graph: Graph, kind: K, name: string): Resource<Kinds[K]> {
  const [found, another] = all(graph, kind).filter((resource) => resource.name === name);
  if (!found || another) throw new Error(`There is not exactly one ${kind} "${name}"`);
  return found;
}

/** The stand-in records the component's inputs; Pulumi's own record of it is empty. */
export function webOf(graph: Graph): Resource<Kinds["Nextjs"]> {
  const web = all(graph, "Nextjs").find(({ inputs }) => inputs.domain);
  if (!web) throw new Error("There is no app");
  return web;
}

/** The region or site code in a resource's name: `use1` in `Door-use1a`. */
export function regionIn(name: string, codes: readonly string[]): string | undefined {
  return codes.find((code) => new RegExp(`(^|[^a-z0-9])${code}([ab]\\d*)?($|[^a-z0-9])`).test(name));
}

/** The names of the sites that have a service for media. */
export function sitesIn(graph: Graph): string[] {
  return all(graph, "ecs/service:Service")
    .filter(({ name }) => name.startsWith("Media-"))
    .map(({ name }) => name.replace("Media-", ""));
}

/** The task definitions of media nodes. */
export function mediaTasks(graph: Graph): Resource<Kinds["TaskDefinition"]>[] {
  return all(graph, "TaskDefinition").filter(({ name }) => name.startsWith("Task-"));
}

/** The fields of a container definition that checks read; ECS takes it as text. */
export type Container = {
  name: string;
  image?: string;
  essential: boolean;
  cpu?: number;
  stopTimeout?: number;
  dependsOn?: { containerName: string }[];
  restartPolicy?: { enabled: boolean };
  memory?: number;
  memoryReservation?: number;
  environment?: { name: string; value: string }[];
  secrets?: { name: string }[];
};

export function containersOf(task: Resource<Kinds["TaskDefinition"]>): Container[] {
  return JSON.parse(task.inputs.containerDefinitions);
}

/** The first and last address of a network, as numbers. */
export function rangeOf(cidr: string): [number, number] {
  const [address = "", bits = "32"] = cidr.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(bits)) - 1];
}

export function isWithin(inner: string, outer: string): boolean {
  const [[a, b], [c, d]] = [rangeOf(inner), rangeOf(outer)];
  return a >= c && b <= d;
}

export function overlap(left: string, right: string): boolean {
  const [[a, b], [c, d]] = [rangeOf(left), rangeOf(right)];
  return a <= d && c <= b;
}

/** The names of the resources that fail a condition. */
export function failing<Inputs>(
  resources: Resource<Inputs>[],
  isFine: (resource: Resource<Inputs>) => boolean,
): string[] {
  return resources.filter((resource) => !isFine(resource)).map(({ type, name }) => `${type} ${name}`);
}

export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((left, index) => items.slice(index + 1).map((right): [T, T] => [left, right]));
}

/** All direct and indirect dependencies of a resource. */
function closure(graph: Graph, key: string): Set<string> {
  const byKey = new Map(graph.map(({ type, name, dependencies = [] }) => [`${type} ${name}`, dependencies]));
  const found = new Set<string>();
  const visit = (from: string) => {
    for (const to of byKey.get(from) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      visit(to);
    }
  };
  visit(key);
  return found;
}

/** The needed resources that are not among a resource's dependencies. */
export function missing(graph: Graph, key: string, needed: readonly string[]): string[] {
  const found = closure(graph, key);
  return needed.filter((name) => !found.has(name)).map((name) => `${key} does not wait for ${name}`);
}
