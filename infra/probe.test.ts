import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { PROBE_HEADER } from "#lib/http/probe-secret.ts";
import { handler } from "./probe.ts";
import { PROBE_METRIC, PROBE_NAMESPACE } from "./prober.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test("[D19] [O5] a probe says of each site whether it takes people, in the metric that alarms watch, and has the app look", async () => {
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
