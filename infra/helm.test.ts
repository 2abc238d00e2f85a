import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { GATEKEEPER_VARIABLES, readGatekeeperEnv } from "../gatekeeper/env.ts";
import { VARIABLE_NAMES, readEnv } from "#lib/env.ts";
import { getHelm, getKubeconform } from "../scripts/provision/kubernetes-tools.ts";
import { ROOT } from "../scripts/stack/paths.ts";
import { GATEKEEPER_NODE_OPTIONS } from "./media/service.ts";
import { LIVEKIT } from "./versions.ts";

type Variable = { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } };
type Container = { name: string; env: Variable[]; securityContext: object; readinessProbe: { httpGet?: object } };
type Pod = { hostNetwork?: boolean; securityContext: object; nodeSelector?: object; containers: Container[] };
type Resource = {
  kind: string;
  metadata: { name: string };
  spec: { template?: { spec: Pod } } & Record<string, unknown>;
};

const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const SET: Record<string, string> = {
  "ingress.app.host": "meet.example.com",
  "ingress.signalling.host": "rtc.meet.example.com",
};
const SECRET = "s".repeat(64);
const REDIS_URL = "redis://:secret@redis.veet.svc:6379";
const MEDIA_SITES = JSON.stringify({
  url: "wss://rtc.meet.example.com",
  apiUrl: "http://livekit-livekit-server.veet.svc",
  regions: [{ region: "local", sites: ["here"], keys: [{ apiKey: "veet", apiSecret: SECRET }] }],
});

let helm: string;
let kubeconform: string;
let directory: string;
beforeAll(async () => {
  kubeconform = await getKubeconform();
  helm = await getHelm();
  directory = mkdtempSync(join(tmpdir(), "veet-helm-"));
}, 1_800_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function render(set = SET): { output: string; error: string } {
  const args = Object.entries(set).flatMap(([name, value]) => ["--set-string", `${name}=${value}`]);
  const chart = join(ROOT, "deploy", "helm", "veet");
  const env = { ...process.env, HELM_CACHE_HOME: directory, HELM_CONFIG_HOME: directory, HELM_DATA_HOME: directory };
  const { stdout, stderr } = spawnSync(
    helm,
    ["template", "veet", chart, "--kube-version", "1.37.0", "--namespace", "veet", ...args],
    {
      env,
      encoding: "utf8",
    },
  );
  return { output: stdout, error: stderr };
}
const resources = (set = SET) =>
  parseAllDocuments(render(set).output)
    .map((document) => document.toJS() as Resource | null)
    .filter((one) => one !== null);
const resource = (kind: string, name: string) =>
  resources().find((one) => one.kind === kind && one.metadata.name === name);
const podOf = (kind: string, name: string): Pod =>
  resource(kind, name)?.spec.template?.spec ?? { securityContext: {}, containers: [] };
const containerOf = (kind: string, name: string): Container | undefined => podOf(kind, name).containers[0];

/** A container's environment, with its Secrets resolved to these values. */
function environmentOf(container: Container | undefined, secrets: Record<string, string>): Record<string, string> {
  const pairs = (container?.env ?? []).map(({ name, value, valueFrom }) => [
    name,
    value ?? secrets[valueFrom?.secretKeyRef.key ?? ""] ?? "",
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Validates a manifest against Kubernetes' schemas; an unknown field or kind is an error. */
function check(manifest: string): { kind: string; status: string; msg: string }[] {
  const file = join(directory, "manifest.yaml");
  writeFileSync(file, manifest);
  const schemas = join(ROOT, "tests", "support", "kubernetes", "schemas", "{{ .ResourceKind }}{{ .KindSuffix }}.json");
  const { stdout } = spawnSync(
    kubeconform,
    ["-strict", "-verbose", "-output", "json", "-schema-location", schemas, file],
    { encoding: "utf8" },
  );
  return (JSON.parse(stdout) as { resources: { kind: string; status: string; msg: string }[] }).resources;
}

describe("[D146] the Helm chart", () => {
  test("renders manifests that Kubernetes accepts", () => {
    const { output, error } = render();
    expect(error).toBe("");
    const found = check(output);
    expect(found.filter(({ status }) => status !== "statusValid")).toEqual([]);
    expect(found.map(({ kind }) => kind).toSorted()).toEqual([
      "DaemonSet",
      "Deployment",
      "Ingress",
      "PodDisruptionBudget",
      "Service",
      "Service",
    ]);
  });

  test("is rejected with a misspelled field", () => {
    const [found] = check("apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { prots: [] }\n");
    expect(found).toMatchObject({ status: "statusInvalid", msg: expect.stringContaining("prots") });
  });

  test("gives the app the variables it reads, with valid values", () => {
    const container = containerOf("Deployment", "veet-app");
    expect(container?.env.map(({ name }) => name).toSorted()).toEqual(VARIABLE_NAMES.toSorted());
    const secrets = { NEXTAUTH_SECRET: SECRET, IDENTITY_SECRET: SECRET, REDIS_URL, MEDIA_SITES };
    expect(readEnv(environmentOf(container, secrets))).toMatchObject({
      NODE_ENV: "production",
      NEXTAUTH_URL: "https://meet.example.com",
      REDIS_URL,
    });
  });

  test("gives the gatekeeper the variables it reads, with valid values", () => {
    const container = containerOf("DaemonSet", "veet-gatekeeper");
    const names = container?.env.map(({ name }) => name).filter((name) => name !== "NODE_OPTIONS") ?? [];
    expect(names.toSorted()).toEqual(GATEKEEPER_VARIABLES.toSorted());
    const secrets = { LIVEKIT_API_KEY: "veet", LIVEKIT_API_SECRET: SECRET, REDIS_URL };
    const env = environmentOf(container, secrets);
    expect(readGatekeeperEnv(env)).toMatchObject({ GATEKEEPER_PORT: 7889, GATEKEEPER_SITE: "here" });
    expect(env.NODE_OPTIONS).toBe(GATEKEEPER_NODE_OPTIONS);
  });

  test("works with Upstash instead of Redis", () => {
    const url = "https://example.upstash.io";
    const set = { ...SET, "app.env.UPSTASH_REDIS_REST_URL": url };
    const app = resources(set).find(({ kind }) => kind === "Deployment")?.spec.template?.spec.containers[0];
    const secrets = { NEXTAUTH_SECRET: SECRET, IDENTITY_SECRET: SECRET, UPSTASH_REDIS_REST_TOKEN: SECRET, MEDIA_SITES };
    expect(readEnv(environmentOf(app, secrets))).toMatchObject({ UPSTASH_REDIS_REST_URL: url });
  });

  test.each(["ingress.app.host", "ingress.signalling.host"])("fails with a readable error without %s", (name) => {
    const { output, error } = render({ ...SET, [name]: "" });
    expect([output, error]).toEqual(["", expect.stringContaining(`${name} `)]);
    expect(error).toContain("is missing");
  });
});

describe("[D147] signalling", () => {
  test("has a gatekeeper on each LiveKit node, ready only while LiveKit answers", () => {
    const pod = podOf("DaemonSet", "veet-gatekeeper");
    const livekit = parse(text("deploy/helm/livekit-values.yaml"));
    expect([pod.hostNetwork, pod.nodeSelector]).toEqual([true, livekit.nodeSelector]);
    expect(pod.containers[0]?.readinessProbe.httpGet).toEqual({
      host: "127.0.0.1",
      path: "/",
      port: livekit.livekit.port,
    });
    const { GATEKEEPER_TARGET, GATEKEEPER_METRICS } = environmentOf(pod.containers[0], {});
    expect(GATEKEEPER_TARGET).toBe(`http://127.0.0.1:${livekit.livekit.port}`);
    expect(GATEKEEPER_METRICS).toBe(`http://127.0.0.1:${livekit.livekit.prometheus_port}/metrics`);
  });

  test("is routed to the gatekeeper, and the site to the app", () => {
    type Rule = { host: string; http: { paths: { backend: object }[] } };
    const rules = (resource("Ingress", "veet")?.spec.rules ?? []) as Rule[];
    expect(rules.map(({ host, http }) => [host, http.paths.map(({ backend }) => backend)])).toEqual([
      ["meet.example.com", [{ service: { name: "veet-app", port: { name: "http" } } }]],
      ["rtc.meet.example.com", [{ service: { name: "veet-gatekeeper", port: { name: "signalling" } } }]],
    ]);
  });

  test("LiveKit has compose.yaml's values where Veet relies on them, and our version", () => {
    const { image, livekit, loadBalancer } = parse(text("deploy/helm/livekit-values.yaml"));
    const { services } = parse(text("compose.yaml"), { merge: true });
    const { LIVEKIT_CONFIG } = services["livekit-a"].environment as { LIVEKIT_CONFIG: string };
    const config = parse(LIVEKIT_CONFIG.replaceAll(/\$\{[^}]*\}/g, "x"));
    expect(livekit).toMatchObject({ room: config.room, limit: config.limit, turn: { enabled: true, udp_port: 3478 } });
    expect([image.tag, loadBalancer.type, livekit.keys]).toEqual([`v${LIVEKIT.release}`, "disable", undefined]);
    expect(livekit.webhook.urls).toEqual(["http://veet-app.veet.svc:3000/api/livekit/webhook"]);
  });
});

describe("[D148] safety", () => {
  test("every container is unprivileged and has a read-only file system", () => {
    const pods = resources().flatMap(({ spec }) => spec.template?.spec ?? []);
    expect(pods).toHaveLength(2);
    for (const pod of pods) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 65_534 },
      });
      for (const { securityContext } of pod.containers) {
        const strict = {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        };
        expect(securityContext).toMatchObject(strict);
      }
    }
  });

  test("secrets come from a Secret that the operator creates", () => {
    const variables = resources()
      .flatMap(({ spec }) => spec.template?.spec.containers ?? [])
      .flatMap(({ env }) => env);
    const plain = variables.filter(({ value }) => value !== undefined).map(({ name }) => name);
    expect(
      plain.filter((name) => /SECRET|TOKEN|KEY|HEADERS|MEDIA_SITES/.test(name) && name !== "CLIENT_ADDRESS_HEADER"),
    ).toEqual([]);
    expect(resources().filter(({ kind }) => kind === "Secret")).toEqual([]);
  });
});
