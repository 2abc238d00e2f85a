import type { Graph, Resource } from "./graph.ts";

/** All of a type, by the last part of its name: `Vpc`, `SecurityGroupIngressRule`. */
export function all(graph: Graph, type: string): Resource[] {
  return graph.filter((one) => one.type.endsWith(`:${type}`));
}

/** The only one of a type with that name. */
export function one(graph: Graph, type: string, name: string): Resource {
  const [found, another] = all(graph, type).filter((resource) => resource.name === name);
  if (!found || another) throw new Error(`There is not exactly one ${type} "${name}"`);
  return found;
}

/** Region and site codes in a resource's name: `use1` of `Door-use1a`. */
export function regionIn(name: string, codes: readonly string[]): string | undefined {
  return codes.find((code) => new RegExp(`(^|[^a-z0-9])${code}([ab]\\d*)?($|[^a-z0-9])`).test(name));
}

export function containersOf(task: Resource): Record<string, any>[] {
  return JSON.parse(task.inputs.containerDefinitions);
}

/** First and last address of a network, as numbers. */
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

/** Names of what differs from what must hold. */
export function failing(resources: Resource[], isFine: (resource: Resource) => boolean): string[] {
  return resources.filter((resource) => !isFine(resource)).map(({ type, name }) => `${type} ${name}`);
}

export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((left, index) => items.slice(index + 1).map((right): [T, T] => [left, right]));
}
