import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BOARDS } from "#infra/boards/boards.ts";
import { REGIONS } from "#infra/regions.ts";
import { freePort } from "../../scripts/stack/ports.ts";
import { startProcess, stopAllProcesses, waitUntil } from "../../scripts/stack/process.ts";
import { type PrometheusBinaries, requirePrometheus } from "../../scripts/provision/prometheus-binary.ts";
import { type Started, environmentOf, grafana, prometheus, startScript } from "./containers.ts";
import { prometheusConfig } from "./prometheus-config.ts";

let directory: string;
let binaries: PrometheusBinaries;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-monitoring-"));
  binaries = await requirePrometheus();
}, 300_000);
afterAll(async () => {
  await stopAllProcesses();
  await rm(directory, { recursive: true, force: true });
});

/** Starts a container's command in this machine's shell, with another program at its end. */
const start = (started: Started, run: string) =>
  execFileSync("sh", ["-c", startScript({ ...started, run })], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...environmentOf(started) },
    encoding: "utf8",
  });

test("[D154] Prometheus accepts the configuration and the alerts that its container writes", () => {
  const root = join(directory, "prometheus");
  const said = start(
    prometheus("production", REGIONS, root),
    `${binaries.promtool} check config ${root}/prometheus.yaml`,
  );
  expect(said).toContain("10 rules found");
  expect(said).toContain("is valid prometheus config file syntax");
});

test("[D154] Grafana's container writes the boards, with the data source that is beside it", async () => {
  const root = join(directory, "grafana");
  start(grafana(root), "true");
  const read = async (path: string) => JSON.parse(await readFile(join(root, path), "utf8"));
  for (const { uid, title } of BOARDS) expect(await read(`boards/${uid}.json`)).toMatchObject({ uid, title });
  expect(await read("dashboards/veet.yaml")).toMatchObject({ providers: [{ options: { path: `${root}/boards` } }] });
  expect(await read("datasources/veet.yaml")).toMatchObject({
    datasources: [{ uid: "veet", type: "prometheus", url: "http://127.0.0.1:9090" }],
  });
});

/** EC2's API as the task's role reaches it: the instances of the stage, and no right to anything else. */
async function startEc2(asked: URLSearchParams[]): Promise<Server> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const query = new URLSearchParams(body);
      asked.push(query);
      if (query.get("Action") !== "DescribeInstances") return void response.writeHead(403).end(REFUSED);
      const [, region = ""] = /\/\d+\/([\w-]+)\/ec2\//.exec(request.headers.authorization ?? "") ?? [];
      response.end(instanceIn(region));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}
const REFUSED = `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>`;
function instanceIn(awsRegion: string): string {
  const { code, cidrOctet } = REGIONS.find((region) => region.awsRegion === awsRegion) ?? REGIONS[0]!;
  const tags = { Name: `veet ${code}a`, "veet:stage": "production", "veet:region": code };
  const items = Object.entries(tags).map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`);
  return `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><ownerId>1</ownerId><instancesSet><item>
    <instanceId>i-${code}</instanceId><instanceState><code>16</code><name>running</name></instanceState><instanceType>c7g.xlarge</instanceType>
    <placement><availabilityZone>${awsRegion}a</availabilityZone></placement><privateIpAddress>10.${cidrOctet}.0.9</privateIpAddress>
    <privateDnsName>x</privateDnsName><architecture>arm64</architecture><imageId>ami-1</imageId><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId><tagSet>${items.join("")}</tagSet>
  </item></instancesSet></item></reservationSet></DescribeInstancesResponse>`;
}

type Target = { labels: Record<string, string>; scrapeUrl: string };

test("[D154] a real Prometheus finds the nodes of every region by their tags, with the right to list instances only", async () => {
  const asked: URLSearchParams[] = [];
  const ec2 = await startEc2(asked);
  const port = await freePort();
  const root = join(directory, "real");
  const endpoint = `http://127.0.0.1:${(ec2.address() as AddressInfo).port}`;
  const started = prometheus("production", REGIONS, root);
  const [config, ...others] = started.files;
  const content = prometheusConfig("production", REGIONS, `${root}/alerts.yaml`, endpoint);
  start({ ...started, files: [{ ...config!, content }, ...others] }, "true");
  const running = startProcess({
    name: "Prometheus",
    command: binaries.prometheus,
    args: [
      `--config.file=${root}/prometheus.yaml`,
      `--storage.tsdb.path=${root}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    env: { ...process.env, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
    output: join(directory, "prometheus.log"),
  });
  const address = `http://127.0.0.1:${port}`;
  await waitUntil(running, async () => (await fetch(`${address}/-/ready`)).ok, 60_000);
  const targets = async () => {
    const answer = await fetch(`${address}/api/v1/targets`);
    const { data } = (await answer.json()) as { data: { activeTargets: Target[] } };
    return data.activeTargets.map(({ labels, scrapeUrl }) => ({ ...labels, scrapeUrl }));
  };
  const expected = REGIONS.flatMap(({ code, cidrOctet }) =>
    Object.entries({ gatekeeper: "/metrics", livekit: "/livekit" }).map(([job, path]) => ({
      job,
      region: code,
      instance: `${code}a i-${code}`,
      scrapeUrl: `http://10.${cidrOctet}.0.9:6790${path}`,
    })),
  );
  await vi.waitFor(async () => expect(await targets()).toHaveLength(expected.length), {
    timeout: 60_000,
    interval: 200,
  });
  expect(await targets()).toEqual(expect.arrayContaining(expected));
  const [listed] = asked.filter((query) => query.get("Action") === "DescribeInstances");
  expect([listed?.get("Filter.1.Name"), listed?.get("Filter.1.Value.1")]).toEqual(["tag:veet:stage", "production"]);
  ec2.close();
}, 90_000);
