import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOf, parseImage } from "./registry.ts";

const DIGEST = `sha256:${"a1".repeat(32)}`;
let registry: Server;
let asked: string[];
let url: string;

/** Answers as Docker Hub does: a challenge, a token for one repository, a digest in a header. */
beforeAll(async () => {
  asked = [];
  registry = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url?.startsWith("/token")) return response.end(JSON.stringify({ token: "public" }));
    if (request.headers.authorization !== "Bearer public") {
      const challenge = `Bearer realm="${url}/token",service="hub",scope="repository:library/node:pull"`;
      return response.writeHead(401, { "www-authenticate": challenge }).end();
    }
    if (!request.url?.endsWith("/manifests/24-slim")) return response.writeHead(404).end();
    const isIndex = request.headers.accept?.startsWith("application/vnd.oci.image.index");
    return response.writeHead(200, { "docker-content-digest": isIndex ? DIGEST : "sha256:one-processor" }).end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => registry.once("listening", resolve));
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterAll(() => void registry.close());

test("[D60] a tag's digest covers all processors, and is read with an anonymous token", async () => {
  expect(await digestOf("node:24-slim", url)).toBe(DIGEST);
  expect(asked).toEqual([
    "HEAD /v2/library/node/manifests/24-slim",
    "GET /token?service=hub&scope=repository%3Alibrary%2Fnode%3Apull",
    "HEAD /v2/library/node/manifests/24-slim",
  ]);
});

test("[D60] a missing tag is an error with the registry's answer", async () => {
  await expect(digestOf("node:0-slim", url)).rejects.toThrow("does not give the digest of node:0-slim: 404");
});

test("[D60] only Docker Hub images with a tag are looked up", () => {
  expect(parseImage("livekit/livekit-server:v1.13.5")).toEqual({
    repository: "livekit/livekit-server",
    tag: "v1.13.5",
  });
  for (const image of ["node", "ghcr.io/a/b:1", "node@sha256:0"]) expect(() => parseImage(image)).toThrow(image);
});
