import { alertRules } from "#infra/boards/alerts.ts";
import type { MonitoringImages } from "#infra/base-images.ts";
import { BOARDS } from "#infra/boards/boards.ts";
import { DATASOURCE, grafanaBoard } from "#infra/boards/grafana.ts";
import type { Region } from "#infra/regions.ts";
import { prometheusConfig } from "./prometheus-config.ts";

/** Of a Fargate task: 0.5 vCPU and 1 GB. */
export const TASK_CPU = 512;
export const TASK_MEMORY_MB = 1_024;
/** Hard limits. The rest is for the agents of Session Manager, one in each container. */
const PROMETHEUS_MEMORY_MB = 576;
const GRAFANA_MEMORY_MB = 320;

/** On the task's loopback address: Grafana, beside it, reaches it there, and so does a session. */
const PROMETHEUS_ADDRESS = "127.0.0.1:9090";

/** A file that a container writes when it starts, from an environment variable. */
type File = { variable: string; path: string; content: unknown };
export type Started = { files: File[]; environment: Record<string, string>; run: string };

/** The images have no files of ours in them: the official ones run by digest, and nothing has to be built or stored. */
export function prometheus(stage: string, regions: readonly Region[], root = "/prometheus/veet"): Started {
  const rules = `${root}/alerts.yaml`;
  return {
    files: [
      { variable: "CONFIG", path: `${root}/prometheus.yaml`, content: prometheusConfig(stage, regions, rules) },
      { variable: "ALERTS", path: rules, content: alertRules() },
    ],
    environment: {},
    run: [
      "/bin/prometheus",
      `--config.file=${root}/prometheus.yaml`,
      "--storage.tsdb.path=/prometheus",
      "--storage.tsdb.retention.time=30d",
      "--storage.tsdb.retention.size=4GB",
      `--web.listen-address=${PROMETHEUS_ADDRESS}`,
    ].join(" "),
  };
}

export function grafana(root = "/tmp/veet"): Started {
  const datasource = { name: "Veet", access: "proxy", url: `http://${PROMETHEUS_ADDRESS}`, isDefault: true };
  const provider = { name: "Veet", type: "file", allowUiUpdates: false, options: { path: `${root}/boards` } };
  return {
    files: [
      {
        variable: "DATASOURCE",
        path: `${root}/datasources/veet.yaml`,
        content: { apiVersion: 1, datasources: [{ ...datasource, ...DATASOURCE }] },
      },
      {
        variable: "PROVIDER",
        path: `${root}/dashboards/veet.yaml`,
        content: { apiVersion: 1, providers: [provider] },
      },
      ...BOARDS.map((board, index) => ({
        variable: `BOARD_${index}`,
        path: `${root}/boards/${board.uid}.json`,
        content: grafanaBoard(board),
      })),
    ],
    environment: {
      GF_PATHS_PROVISIONING: root,
      GF_SERVER_HTTP_ADDR: "127.0.0.1",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      // Operators who can open a session to this task see the boards, and can change nothing.
      GF_AUTH_ANONYMOUS_ENABLED: "true",
      GF_AUTH_ANONYMOUS_ORG_ROLE: "Viewer",
      GF_AUTH_DISABLE_LOGIN_FORM: "true",
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true",
    },
    run: "/run.sh",
  };
}

/** The shell script that writes the files and becomes the program. JSON is valid YAML. */
export function startScript({ files, run }: Started): string {
  const folders = [...new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/"))))];
  const writes = files.map(({ variable, path }) => `printf '%s' "$${variable}" > ${path}`);
  return [`mkdir -p ${folders.join(" ")}`, ...writes, `exec ${run}`].join(" && ");
}

export function environmentOf({ files, environment }: Started): Record<string, string> {
  return {
    ...environment,
    ...Object.fromEntries(files.map(({ variable, content }) => [variable, JSON.stringify(content)])),
  };
}

type Logging = { group: string; awsRegion: string };

/** The task's container definitions, as ECS takes them. */
export function monitoringContainers(
  stage: string,
  regions: readonly Region[],
  images: MonitoringImages,
  { group, awsRegion }: Logging,
): string {
  const container = (name: keyof MonitoringImages, started: Started, memory: number) => ({
    name,
    image: images[name],
    essential: true,
    memory,
    entryPoint: ["sh", "-c"],
    command: [startScript(started)],
    environment: Object.entries(environmentOf(started)).map(([key, value]) => ({ name: key, value })),
    // Session Manager's agent runs inside of the container, needs a process that reaps its children and a disk it can write to.
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": group, "awslogs-region": awsRegion, "awslogs-stream-prefix": name },
    },
  });
  return JSON.stringify([
    container("prometheus", prometheus(stage, regions), PROMETHEUS_MEMORY_MB),
    container("grafana", grafana(), GRAFANA_MEMORY_MB),
  ]);
}
