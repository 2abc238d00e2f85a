import type { NetworkInterfaceInfo } from "node:os";
import { Stop } from "./stop.ts";

/** Interfaces of container engines, virtual machines and VPNs: a phone in the same network cannot reach them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|lxc|podman|cni)/;
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/**
 * Chooses the address at which other devices in the same network can reach this machine.
 *
 * @throws Stop when there is none.
 */
export function lanAddress(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  const addresses = Object.entries(interfaces).flatMap(([name, entries]) =>
    (entries ?? [])
      .filter((entry) => entry.family === "IPv4" && !entry.internal && !entry.address.startsWith("169.254."))
      .map(({ address }) => ({ address, rank: (VIRTUAL.test(name) ? 2 : 0) + (PRIVATE.test(address) ? 0 : 1) })),
  );
  const best = addresses.toSorted((a, b) => a.rank - b.rank)[0];
  if (!best) throw new Stop("This machine is in no network: connect to one, or run `npm run dev` without --lan.");
  return best.address;
}
