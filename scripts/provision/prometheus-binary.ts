import { installPackage } from "./package-manager.ts";
import { findInstalled, findOnPath } from "./program.ts";
import { Stop } from "../stack/stop.ts";

/** One package contains both. */
export type PrometheusBinaries = { prometheus: string; promtool: string };

const PACKAGES = {
  "apt-get": "prometheus",
  dnf: "golang-github-prometheus",
  apk: "prometheus",
  pacman: "prometheus",
  brew: "prometheus",
};

/** @throws Stop when Prometheus is missing and cannot be installed: a stand-in would not prove queries and rules. */
export async function requirePrometheus(): Promise<PrometheusBinaries> {
  const found = find(findOnPath) ?? ((await installPackage("Prometheus", PACKAGES)) ? find(findInstalled) : undefined);
  if (!found)
    throw new Stop(
      "The tests of metrics need Prometheus and it could not be installed: put prometheus and promtool on the PATH.",
    );
  return found;
}

function find(locate: (name: string) => string | undefined): PrometheusBinaries | undefined {
  const [prometheus, promtool] = [locate("prometheus"), locate("promtool")];
  return prometheus && promtool ? { prometheus, promtool } : undefined;
}
