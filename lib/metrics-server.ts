import { once } from "node:events";
import { type Server, createServer } from "node:http";
import { networkInterfaces } from "node:os";
import { type MetricsListen, metricsAddresses } from "./metrics-address.ts";
import { createMetrics } from "./metrics-registry.ts";
import { type ProcessName, recordWith } from "./metrics.ts";

/** A page at another path than `/metrics`. */
export type Page = { contentType: string; text: string };
export type MetricsPlan = {
  listen: MetricsListen;
  process: ProcessName;
  /** Labels that each series carries. */
  always?: Record<string, string>;
  pages?: Record<string, () => Promise<Page>>;
};

/**
 * Starts measuring, and serves `GET /metrics` on a port of its own. It asks for no password: the address is loopback or
 * private, and the numbers identify no room and no user.
 *
 * @returns a function that closes it. It does not keep the process alive.
 * @throws Error when the address is not available.
 */
export async function startMetrics({ listen, process, always, pages = {} }: MetricsPlan): Promise<() => void> {
  const metrics = createMetrics(process, always);
  const all: Record<string, () => Promise<Page>> = {
    "/metrics": async () => ({ contentType: metrics.contentType, text: await metrics.print() }),
    ...pages,
  };
  const servers = await Promise.all(
    metricsAddresses(listen, networkInterfaces()).map(async (address) => {
      const server = serve(all).listen(listen.port, address);
      await once(server, "listening");
      return server.unref();
    }),
  );
  recordWith(metrics.record);
  return () => {
    recordWith(undefined);
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
}

function serve(pages: Record<string, () => Promise<Page>>): Server {
  return createServer((request, response) => {
    const page = request.method === "GET" ? pages[request.url ?? ""] : undefined;
    if (!page) return void response.writeHead(404).end();
    page().then(
      ({ contentType, text }) => response.writeHead(200, { "content-type": contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
}
