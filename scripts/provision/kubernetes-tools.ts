import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { goInstall } from "./go-install.ts";
import { CACHE } from "../stack/paths.ts";
import { findOnPath } from "./program.ts";
import { Stop } from "../stack/stop.ts";

type Tool = { name: string; package: string; version: string };

/** One renders the chart, the other validates it against Kubernetes' schemas. Both are built from the Go module proxy. */
const HELM: Tool = { name: "helm", package: "helm.sh/helm/v3/cmd/helm", version: "3.22.0" };
const KUBECONFORM: Tool = {
  name: "kubeconform",
  package: "github.com/yannh/kubeconform/cmd/kubeconform",
  version: "0.8.0",
};

export const getHelm = (): Promise<string> => getTool(HELM);
export const getKubeconform = (): Promise<string> => getTool(KUBECONFORM);

/**
 * Gets exactly this version from the cache, or builds it with Go. Helm takes some minutes, once per machine.
 *
 * @throws Stop with instructions when Go is missing or cannot build it.
 */
async function getTool({ name, package: path, version }: Tool): Promise<string> {
  const cached = join(CACHE, `${name}-${version}`);
  if (existsSync(cached)) return cached;
  const go = findOnPath("go");
  if (!go)
    throw new Stop(
      `The tests of the Helm chart need ${name} ${version}: install Go from https://go.dev/dl, then run this again.`,
    );
  console.log(`Building ${name} ${version} with Go, once …`);
  await mkdir(CACHE, { recursive: true });
  const directory = await mkdtemp(`${cached}-`);
  try {
    await goInstall(go, `${path}@v${version}`, directory);
    await rename(join(directory, name), cached);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return cached;
}
