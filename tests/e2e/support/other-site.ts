import { once } from "node:events";
import { createServer } from "node:http";

export type OtherSite = { url: string; close: () => Promise<void> };

/**
 * A site that is not ours and serves one empty page.
 *
 * At `127.0.0.1` it is another site for the browser, since the one under test is at `localhost`. At `localhost` it is a secure
 * context on the same network, from which LiveKit may be called: pages made up by the test runner come from no network at all,
 * and Chromium lets those call nothing on loopback.
 */
export async function startOtherSite(host: "127.0.0.1" | "localhost"): Promise<OtherSite> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><title>Win a prize</title>");
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The other site has no port");
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
