import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { ROOT } from "../../../scripts/stack/paths.ts";
import type { RunningSite } from "../../../scripts/stack/site.ts";
import { drain } from "./drain.ts";

export type Ended = { code: number; output: string };
/** Runs after each Docker Compose command, before its answer. */
type Afterwards = (command: string) => Promise<void>;

/** Passes its arguments to the test, and exits as the test says. Node would treat `--env-file` as an option of its own. */
const PROGRAM = (
  url: string,
) => `const answer = await fetch("${url}", { method: "POST", body: process.env.DOCKER_ARGUMENTS });
console.log(await answer.text());
process.exit(answer.ok ? 0 : 1);
`;

/**
 * Runs a script of deploy/ with a fake `docker`, which applies Docker Compose's commands to the processes of these sites. The app, Redis
 * and Caddy are left as they are.
 */
export async function runWithCompose(script: string, sites: readonly RunningSite[], after: Afterwards): Promise<Ended> {
  const directory = await mkdtemp(join(tmpdir(), "veet-docker-"));
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => answer(body.split(" "), sites, after))
      .then(
        (said) => response.end(said),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const docker = join(directory, "docker.mjs");
    await writeFile(docker, PROGRAM(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    await writeFile(
      join(directory, "docker"),
      `#!/bin/sh\nDOCKER_ARGUMENTS="$*" exec "${process.execPath}" "${docker}"\n`,
    );
    await chmod(join(directory, "docker"), 0o755);
    return await run(script, { ...process.env, PATH: `${directory}${delimiter}${process.env.PATH}` });
  } finally {
    server.close();
    await rm(directory, { recursive: true });
  }
}

function run(script: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    execFile("sh", [join(ROOT, "deploy", script)], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : Number(Boolean(error)), output: stdout + stderr });
    });
  });
}

const OPTIONS = ["compose", "--env-file", "deploy/self-host.env"];
/** Services that these tests do not restart. */
const OTHERS = ["redis", "app"].join(" ");

async function answer(args: string[], sites: readonly RunningSite[], after: Afterwards): Promise<string> {
  if (args.slice(0, OPTIONS.length).join(" ") !== OPTIONS.join(" "))
    throw new Error(`Not understood: ${args.join(" ")}`);
  const command = args.slice(OPTIONS.length).join(" ");
  const said = await act(command, sites);
  await after(command);
  return said;
}

async function act(command: string, sites: readonly RunningSite[]): Promise<string> {
  const [, kind, site = ""] =
    /^(exec -T app node drain\.mjs|stop --timeout 60|up --detach --wait --no-deps) (.+)$/.exec(command) ?? [];
  if (kind?.startsWith("exec")) return drain(...site.split(" "));
  const known = sites.find(({ plan }) => site === `livekit-${plan.site} gatekeeper-${plan.site}`);
  if (kind?.startsWith("stop") && known) return String(await stop(known));
  if (kind?.startsWith("up") && known) return known.start().then(() => "started");
  const isIgnored = site === OTHERS || ["pull", "up --detach --wait --remove-orphans"].includes(command);
  if (isIgnored) return "";
  throw new Error(`Not understood: ${command}`);
}

async function stop({ plan, nodes }: RunningSite): Promise<string> {
  const ended = await Promise.all(nodes.map((node) => node.stop(60_000)));
  if (ended.includes(false)) throw new Error(`${plan.site} was still in use when it was stopped`);
  return "stopped";
}
