import { installPackage } from "./package-manager.ts";
import { findInstalled, findOnPath } from "./program.ts";
import { Stop } from "../stack/stop.ts";

// Valkey is a fork of Redis; some distributions have only Valkey.
const NAMES = ["redis-server", "valkey-server"];

/** Finds redis-server, or installs it if that needs no prompt. @returns undefined if neither works. */
export async function getRedis(): Promise<string | undefined> {
  const present = findOnPath(...NAMES);
  if (present) return present;
  const packages = { "apt-get": "redis-server", dnf: "valkey", apk: "redis", pacman: "valkey", brew: "redis" };
  return (await installPackage("Redis", packages)) ? findInstalled(...NAMES) : undefined;
}

/** @throws Stop when there is no redis-server: a stand-in would prove nothing. */
export async function requireRedis(): Promise<string> {
  const binary = await getRedis();
  if (!binary)
    throw new Stop(
      "The tests need a real redis-server and it could not be installed: install Redis 7 and put redis-server on the PATH.",
    );
  return binary;
}
