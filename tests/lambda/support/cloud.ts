import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { readMediaSites, writeMediaSites } from "../../../lib/media-sites.ts";
import { namesOf } from "../../../infra/names.ts";
import { apiKeyOf, type KeyPair } from "../../../infra/keys.ts";
import { REGIONS, type Site, sitesOf } from "../../../infra/regions.ts";
import { webEnvironment } from "../../../infra/web-environment.ts";
import { startGatekeeper } from "../../../scripts/stack/gatekeeper.ts";
import { getLiveKit } from "../../../scripts/provision/livekit-binary.ts";
import { startLiveKit } from "../../../scripts/stack/livekit.ts";
import { ROOT } from "../../../scripts/stack/paths.ts";
import { stopAllProcesses } from "../../../scripts/stack/process.ts";
import { requireRedis } from "../../../scripts/provision/redis-binary.ts";
import { startRedis } from "../../../scripts/stack/redis.ts";
import { createSecrets } from "../../../scripts/stack/secrets.ts";
import { type OidcClient, startOidcProvider } from "../../e2e/support/oidc-provider.ts";
import { HOST, throughCloudFront } from "./cloudfront.ts";
import { type Container, startContainer } from "./container.ts";
import { bodyOf } from "./function-url.ts";

const LOGS = join(ROOT, "test-results", "logs");
/** The first site of each region. */
const SITES = REGIONS.flatMap((region) => sitesOf(region).slice(0, 1));

export type Cloud = Awaited<ReturnType<typeof startCloud>>;
export type RunningSite = KeyPair & { site: Site; url: string; apiUrl: string };

/** Real Redis, and a real LiveKit and gatekeeper per region, with simulations of CloudFront and Lambda in front of the function. */
export async function startCloud() {
  const directory = await mkdtemp(join(tmpdir(), "veet-cloud-"));
  mkdirSync(LOGS, { recursive: true });
  const secrets = createSecrets();
  const [webhooks, redis, oidc] = await Promise.all([
    startWebhookDoor(),
    startRedis({ binary: await requireRedis(), directory, keeps: false, token: secrets.redisToken }),
    startOidcProvider(`https://${HOST}`),
  ]);
  const sites = await Promise.all(SITES.map((site) => startSite(site, directory, redis.bridge, webhooks.url)));
  const environment = webEnvironment({
    names: namesOf(HOST),
    sites: sites.map(({ site, apiKey, apiSecret }) => ({ site, keys: [{ apiKey, apiSecret }] })),
    redis: redis.bridge,
    secrets: { ...NOT_SET, ...oidcSecrets(oidc), nextAuth: secrets.nextAuth, identity: secrets.identity },
    probeSecret: createSecrets().identity,
    limits: { maxParticipants: 100, maxWaiting: 100, rateLimitFactor: 1, hostsAllowed: "*" },
  });
  environment.MEDIA_SITES = atLocalAddresses(environment.MEDIA_SITES ?? "", sites);

  const containers: Container[] = [];
  const start = () => {
    const container = startContainer(environment);
    containers.push(container);
    return container;
  };
  return {
    /** A new process of the function, with the environment that infra/web.ts gives it. */
    start,
    /** Sends LiveKit's own webhooks to this container from now on. */
    webhooks,
    nextAuthSecret: secrets.nextAuth,
    sites,
    oidcIssuer: oidc.issuer,
    async stop() {
      containers.forEach((container) => container.stop());
      await webhooks.close();
      await oidc.close();
      await redis.stop();
      await stopAllProcesses();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startSite(
  site: Site,
  directory: string,
  redis: { url: string; token: string },
  webhookUrl: string,
): Promise<RunningSite> {
  const keys = { apiKey: apiKeyOf(site.region, 1), apiSecret: createSecrets().livekit };
  const livekit = await startLiveKit({
    ...keys,
    binary: await getLiveKit(),
    directory: join(directory, site.name),
    log: join(LOGS, `lambda-livekit-${site.name}.log`),
    region: site.region.code,
    nodeIp: "127.0.0.1",
    webhookUrl,
  });
  const { url } = await startGatekeeper({
    livekit: { apiUrl: livekit.apiUrl, ...keys },
    site: site.name,
    redis,
    log: join(LOGS, `lambda-gatekeeper-${site.name}.log`),
  });
  return { ...keys, site, url, apiUrl: livekit.apiUrl };
}

/** An empty variable counts as absent. */
const NOT_SET = {
  googleClientId: "",
  googleClientSecret: "",
  gitHubClientId: "",
  gitHubClientSecret: "",
  operators: "",
  otlpEndpoint: "",
  otlpHeaders: "",
};

function oidcSecrets({ issuer, clientId, clientSecret }: OidcClient) {
  return {
    oidcIssuer: issuer,
    oidcClientId: clientId,
    oidcClientSecret: clientSecret,
    oidcName: "Test identity provider",
  };
}

/** The cloud's host names do not resolve here. */
function atLocalAddresses(mediaSites: string, running: RunningSite[]): string {
  return writeMediaSites(
    readMediaSites(mediaSites).map((entry) => {
      const { url, apiUrl } = running.find(({ site }) => site.name === entry.site)!;
      return { ...entry, url, apiUrl };
    }),
  );
}

/** The server to which LiveKit sends its webhooks: passes them to the chosen container as CloudFront does. */
async function startWebhookDoor() {
  const door: { container?: Container; answers: string[] } = { answers: [] };
  const server: Server = createServer((request, response) => {
    pass(request, door.container).then(
      ({ statusCode, body }) => {
        door.answers.push(`${statusCode} ${body}`);
        response.writeHead(statusCode).end(body);
      },
      () => response.writeHead(502).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The door has no port");
  return {
    url: `http://127.0.0.1:${address.port}/api/livekit/webhook`,
    goTo: (container: Container) => void (door.container = container),
    /** The answers to LiveKit so far: status and body. */
    answers: () => [...door.answers],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function pass(request: IncomingMessage, container: Container | undefined) {
  if (!container) throw new Error("No container takes webhooks");
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  const { method = "GET", url: path = "/" } = request;
  const viewer = { address: request.socket.remoteAddress ?? "" };
  const result = await container.invoke(
    throughCloudFront(viewer, { method, path, headers, body: await text(request) }),
  );
  return { statusCode: result.statusCode, body: bodyOf(result) };
}
