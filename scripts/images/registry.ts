/** An image as a Dockerfile names it: `node:24-slim`, `livekit/livekit-server:v1`. Only Docker Hub is supported. */
export type HubImage = { repository: string; tag: string };

/** Docker Hub's address; tests pass their own. */
export const DOCKER_HUB = "https://registry-1.docker.io";
const TIMEOUT_MS = 20_000;

/** Manifest types that a tag can point to. An index comes first: its digest covers every processor. */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** @throws Error for an image without a tag, or of another registry. */
export function parseImage(image: string): HubImage {
  const [, name = "", tag = ""] = /^([a-z0-9._/-]+):([\w.-]+)$/.exec(image) ?? [];
  const parts = name.split("/");
  if (tag === "" || parts.length > 2 || parts[0]?.includes("."))
    throw new Error(`${image} is not an image of Docker Hub with a tag`);
  return { repository: parts.length === 1 ? `library/${name}` : name, tag };
}

/** The digest that a tag has in the registry now. @throws Error with the registry's answer. */
export async function digestOf(image: string, registry = DOCKER_HUB): Promise<string> {
  const { repository, tag } = parseImage(image);
  const ask = (headers: Record<string, string>) =>
    fetch(`${registry}/v2/${repository}/manifests/${tag}`, {
      method: "HEAD",
      headers: { accept: MANIFESTS, ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  const first = await ask({});
  const challenge = first.status === 401 ? first.headers.get("www-authenticate") : null;
  const answer = challenge === null ? first : await ask({ authorization: `Bearer ${await tokenFor(challenge)}` });
  const digest = answer.headers.get("docker-content-digest") ?? "";
  if (answer.ok && /^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  throw new Error(`The registry does not give the digest of ${image}: ${answer.status}`);
}

/** An anonymous token for a public image, from the address in the registry's challenge. */
async function tokenFor(challenge: string): Promise<string> {
  const fields = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const { realm, ...query } = fields;
  if (!realm) throw new Error("The registry asks for a kind of sign-in that is not known here");
  const answer = await fetch(`${realm}?${new URLSearchParams(query)}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const { token } = (await answer.json()) as { token?: string };
  if (!answer.ok || !token) throw new Error(`The registry gives no token: ${answer.status}`);
  return token;
}
