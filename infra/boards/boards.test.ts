import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../../scripts/stack/paths.ts";
import { alertRules } from "./alerts.ts";
import { BOARDS } from "./boards.ts";
import { BOARD_SCHEMA, DATASOURCE, grafanaBoard } from "./grafana.ts";

const read = (path: string): unknown => parse(readFileSync(join(ROOT, path), "utf8"), { merge: true });
const validate = new Ajv2019({ allErrors: true }).compile(BOARD_SCHEMA);

test.each(BOARDS)("[O45] $title matches Grafana's schema", (board) => {
  validate(grafanaBoard(board));
  expect(validate.errors ?? []).toEqual([]);
});

test("[O45] a board without a query, or with a misspelled field, is rejected", () => {
  const [board] = BOARDS;
  if (!board) throw new Error("There is no board");
  const sound = grafanaBoard(board);
  expect(validate({ ...sound, panels: [{ ...sound.panels[0], targets: [] }] })).toBe(false);
  expect(validate({ ...sound, panells: [] })).toBe(false);
});

test("[O45] the files for Prometheus and Grafana match the code (`npm run boards` writes them)", () => {
  expect(read("deploy/metrics/alerts.yaml")).toEqual(alertRules());
  for (const board of BOARDS) expect(read(`deploy/metrics/boards/${board.uid}.json`)).toEqual(grafanaBoard(board));
});

test("[O45] the boards use Grafana's data source, which is compose.yaml's Prometheus", () => {
  const { datasources } = read("deploy/metrics/grafana/datasources/veet.yaml") as { datasources: object[] };
  expect(datasources).toMatchObject([{ ...DATASOURCE, url: "http://prometheus:9090" }]);
});

type Service = {
  environment?: Record<string, string>;
  profiles?: string[];
  ports?: string[];
  logging?: unknown;
  mem_limit?: string;
};
const { services } = read("compose.yaml") as { services: Record<string, Service> };

test("[O47] compose.yaml's Prometheus scrapes every service that serves metrics, and no other", () => {
  const served = Object.entries(services).flatMap(([name, { environment = {} }]) => {
    const listen = environment.METRICS_LISTEN ?? environment.GATEKEEPER_METRICS_LISTEN ?? "";
    return listen ? [`${name}:${listen.replace("private:", "")}`] : [];
  });
  const { scrape_configs: jobs } = read("deploy/metrics/prometheus.yaml") as {
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  const asked = (names: string[]) =>
    jobs
      .filter(({ job_name: name }) => names.includes(name))
      .flatMap((job) => job.static_configs.flatMap(({ targets }) => targets));
  expect(asked(["app", "gatekeeper"]).toSorted()).toEqual(served.toSorted());
  expect(asked(["livekit"])).toEqual(asked(["gatekeeper"]));
});

test("[O47] Prometheus and Grafana start only with their profile, have limits, and are reachable from the server only", () => {
  for (const name of ["prometheus", "grafana"]) {
    expect(services[name]?.profiles).toEqual(["metrics"]);
    expect(services[name]?.mem_limit).toMatch(/^\d+m$/);
  }
  const ports = [...(services.prometheus?.ports ?? []), ...(services.grafana?.ports ?? [])];
  expect(ports.length).toBeGreaterThan(0);
  expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
});

test("[O44] LiveKit on one server does not log API calls, as on AWS", () => {
  const { logging } = parse((services["livekit-a"]?.environment?.LIVEKIT_CONFIG ?? "").replaceAll(/\$\{[^}]*\}/g, "x"));
  expect(logging).toEqual({ level: "info", json: true, component_levels: { api: "warn" } });
});

test("[O44] the log of every container on one server has a size limit", () => {
  const bounded = { driver: "json-file", options: { "max-size": "10m", "max-file": "5" } };
  expect(
    Object.entries(services).filter(([, { logging }]) => JSON.stringify(logging) !== JSON.stringify(bounded)),
  ).toEqual([]);
});
