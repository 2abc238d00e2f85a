import { spawn } from "node:child_process";

/**
 * Builds a Go program into a directory. `go install -v` prints a line per download and package; we show only their number.
 *
 * @param target - Package and version, such as `helm.sh/helm/v3/cmd/helm@v3.22.0`.
 * @throws Error with the last lines of the build output.
 */
export function goInstall(go: string, target: string, directory: string): Promise<void> {
  const startedAt = Date.now();
  let lines: string[] = [];
  let partial = "";
  const progress = setInterval(() => {
    console.log(`  ${Math.round((Date.now() - startedAt) / 1000)} s, ${lines.length} packages fetched or built`);
  }, 10_000);
  const child = spawn(go, ["install", "-v", target], {
    env: { ...process.env, GOBIN: directory },
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const pieces = (partial + text).split("\n");
    partial = pieces.pop() ?? "";
    lines = lines.concat(pieces);
  });
  return new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) return resolve();
      reject(new Error(`Go could not build it: ${lines.concat(partial).filter(Boolean).slice(-3).join(" / ")}`));
    });
  }).finally(() => clearInterval(progress));
}
