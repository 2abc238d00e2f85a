import type { Page } from "#lib/metrics-server.ts";

/** LiveKit is on the same machine, or beside it. */
const TIMEOUT_MS = 2_000;

/**
 * LiveKit's own metrics, through the gatekeeper: so only one port of a node is open to Prometheus, and LiveKit's stays closed.
 */
export async function readLiveKitMetrics(url: string): Promise<Page> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`LiveKit answered ${answer.status}`);
  return { contentType: answer.headers.get("content-type") ?? "text/plain", text: await answer.text() };
}
