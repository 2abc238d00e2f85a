import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { PROBE_HEADER } from "#lib/http/probe-secret.ts";
import { handler } from "./probe.ts";
import { APP_METRIC, PROBE_METRIC, PROBE_NAMESPACE, STATE_METRIC } from "./prober.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test("[D19] [O5] a probe records in the alarms' metric whether each site accepts participants, and asks the app to check too", async () => {
  const serve = (status: number) =>
    createServer((_, response) => response.writeHead(status).end()).listen(0, "127.0.0.1");
  const servers = [serve(200), serve(406)];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const [well, ill] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv("PROBE_SITES", JSON.stringify({ well, ill, gone: "http://127.0.0.1:9/" }));
  vi.stubEnv("PROBE_FROM", "use1");
  vi.stubEnv("PROBE_STAGE", "production");
  const woken: unknown[] = [];
  const app = createServer(({ method, headers }, response) => {
    woken.push([method, headers[PROBE_HEADER]]);
    response.end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => app.once("listening", resolve));
  vi.stubEnv("PROBE_APP", `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/probe`);
  vi.stubEnv("PROBE_SECRET", "shown");
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);

  await handler();
  for (const server of [...servers, app]) server.close();

  expect(woken).toEqual([["POST", "shown"]]);

  const said = lines.map((line) => JSON.parse(line));
  expect(said.pop()).toMatchObject({ From: "use1", [STATE_METRIC]: 0, [APP_METRIC]: 0 });
  expect(said.map(({ Site, Status, SiteUnreachable }) => [Site, Status, SiteUnreachable])).toEqual([
    ["well", 200, 0],
    ["ill", 406, 1],
    ["gone", 0, 1],
  ]);
  const [{ Namespace, Dimensions, Metrics }] = said[0]._aws.CloudWatchMetrics;
  expect([Namespace, Dimensions, Metrics[0].Name]).toEqual([
    PROBE_NAMESPACE,
    [["Stage", "From", "Site"]],
    PROBE_METRIC,
  ]);
  expect(said[0]).toMatchObject({ Stage: "production", From: "use1" });
});

test.each([
  ["answers", 200, '{"looked":4}', { App: "fine", [STATE_METRIC]: 0, [APP_METRIC]: 0 }],
  [
    "has no state",
    503,
    '{"error":{"code":"unavailable"}}',
    { App: "without-state", [STATE_METRIC]: 1, [APP_METRIC]: 0 },
  ],
  [
    "has no media",
    503,
    '{"error":{"code":"media_unavailable"}}',
    { App: "broken", [STATE_METRIC]: 0, [APP_METRIC]: 1 },
  ],
  ["does not know the secret", 404, "{}", { App: "broken", [STATE_METRIC]: 0, [APP_METRIC]: 1 }],
  ["is not there", 0, "", { App: "broken", [STATE_METRIC]: 0, [APP_METRIC]: 1 }],
])("[D64] an app that %s is recorded in the alarms' metrics", async (_, status, body, expected) => {
  const app = createServer((_request, response) => response.writeHead(status || 500).end(body)).listen(0, "127.0.0.1");
  await new Promise((resolve) => app.once("listening", resolve));
  const { port } = app.address() as AddressInfo;
  if (status === 0) await new Promise((resolve) => app.close(resolve));
  vi.stubEnv("PROBE_SITES", "{}");
  vi.stubEnv("PROBE_FROM", "use1");
  vi.stubEnv("PROBE_STAGE", "production");
  vi.stubEnv("PROBE_APP", `http://127.0.0.1:${port}/api/probe`);
  vi.stubEnv("PROBE_SECRET", "shown");
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  await handler();
  app.close();

  const [said] = lines.map((line) => JSON.parse(line));
  expect(said).toMatchObject({ Stage: "production", From: "use1", ...expected });
  const [{ Namespace, Dimensions, Metrics }] = said._aws.CloudWatchMetrics;
  expect([Namespace, Dimensions, Metrics.map(({ Name }: { Name: string }) => Name)]).toEqual([
    PROBE_NAMESPACE,
    [["Stage", "From"]],
    [STATE_METRIC, APP_METRIC],
  ]);
});

test("[H58] a probe without its variables fails and names each of them", async () => {
  vi.stubEnv("PROBE_FROM", "use1");
  await expect(handler()).rejects.toThrow("PROBE_SITES, PROBE_STAGE, PROBE_APP, PROBE_SECRET");
});
