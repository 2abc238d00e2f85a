import { BlockList, isIP } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";
import { z } from "zod";

/** Where a process serves its metrics: an address of this machine, or `private` for all of its private IPv4 addresses. */
export type MetricsListen = { host: string; port: number };

/** Loopback, RFC 1918 and RFC 4193. Link-local addresses are left out: cloud machines find their metadata service there. */
const NOT_PUBLIC = new BlockList();
NOT_PUBLIC.addSubnet("127.0.0.0", 8);
NOT_PUBLIC.addSubnet("10.0.0.0", 8);
NOT_PUBLIC.addSubnet("172.16.0.0", 12);
NOT_PUBLIC.addSubnet("192.168.0.0", 16);
NOT_PUBLIC.addAddress("::1", "ipv6");
NOT_PUBLIC.addSubnet("fc00::", 7, "ipv6");

const FORM = /^(?<host>private|[\d.]+|\[[\da-f:.]+\]):(?<port>\d{1,5})$/i;

/**
 * @returns undefined for text in another format, and for an address that may be reachable from the internet, such as 0.0.0.0.
 */
export function parseMetricsListen(text: string): MetricsListen | undefined {
  const { host = "", port = "" } = FORM.exec(text)?.groups ?? {};
  const address = host.replace(/^\[|\]$/g, "");
  const isAllowed = address === "private" || isPrivate(address);
  return isAllowed && Number(port) > 0 && Number(port) <= 65_535 ? { host: address, port: Number(port) } : undefined;
}

/** The setting, as an environment variable holds it. */
export const MetricsListenVariable = z.string().transform((text, context): MetricsListen => {
  const parsed = parseMetricsListen(text);
  if (parsed) return parsed;
  context.addIssue({
    code: "custom",
    message: "must be `private:port` or `address:port` with a loopback or private address: metrics are never public",
  });
  return z.NEVER;
});

/**
 * The addresses to listen on.
 *
 * @throws Error when the machine has no private address: no other may be used instead.
 */
export function metricsAddresses(
  { host }: MetricsListen,
  interfaces: NodeJS.Dict<Pick<NetworkInterfaceInfo, "address" | "family" | "internal">[]>,
): string[] {
  if (host !== "private") return [host];
  const found = Object.values(interfaces)
    .flatMap((some) => some ?? [])
    .filter(({ address, family, internal }) => family === "IPv4" && !internal && isPrivate(address))
    .map(({ address }) => address);
  if (found.length === 0) throw new Error("This machine has no private IPv4 address to serve metrics at");
  return found;
}

function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && NOT_PUBLIC.check(address, family === 6 ? "ipv6" : "ipv4");
}
