// Plain JavaScript on purpose: this runs before Node 24 is installed, on any Node from 20.9 on.

/** The oldest Node that can run the bootstrap; everything after it runs on the Node that is one of the packages. */
export const OLDEST_NODE = [20, 9];

/**
 * Whether a Node of this version can run the bootstrap.
 *
 * @param {string} version - As in `process.versions.node`.
 */
export function isNodeRecentEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * Whether node_modules matches the lockfile.
 *
 * npm writes `node_modules/.package-lock.json` at the very end of an install. So an interrupted install is detected, and a manual one
 * (`npm i something`) is not repeated. Packages for other platforms are optional and
 * correctly absent.
 *
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }> }} wanted
 * @param {{ packages?: Record<string, { version?: string }> } | undefined} installed
 */
export function isInstalled(wanted, installed) {
  if (!installed?.packages) return false;
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === "" || entry.link) continue;
    const present = installed.packages[path];
    if (present ? present.version !== entry.version : !entry.optional && !entry.devOptional && !entry.peer)
      return false;
  }
  return true;
}
