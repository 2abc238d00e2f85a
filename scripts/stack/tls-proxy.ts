import { once } from "node:events";
import { createServer, type Server } from "node:https";
import { createProxyServer } from "httpxy";
import type { Certificate } from "./certificate.ts";

export type TlsProxyPlan = {
  address: string;
  port: number;
  certificate: Certificate;
  /** Ports on loopback behind it. */
  pagePort: number;
  signalPort: number;
};

/**
 * Serves the page and LiveKit's signalling over TLS at one address and port.
 *
 * One port for both, because a phone asks its owner about a self-signed certificate once per port, and only for pages:
 * a WebSocket to another port would fail without a word.
 */
export async function startTlsProxy(plan: TlsProxyPlan): Promise<Server> {
  const proxy = createProxyServer({ xfwd: true });
  const target = (url = "/") => `http://localhost:${isSignalling(url) ? plan.signalPort : plan.pagePort}`;
  const server = createServer(plan.certificate, (request, response) => {
    proxy.web(request, response, { target: target(request.url) }).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    // An upgraded connection is a plain TLS socket, whatever the type of the event says.
    socket.on("error", () => socket.destroy());
    proxy.ws(request, socket as never, { target: target(request.url) }, head).catch(() => socket.destroy());
  });
  // Browsers close connections at any time; each request has its own handler above.
  proxy.on("error", () => {});
  server.listen(plan.port, plan.address);
  await once(server, "listening");
  return server;
}

/** LiveKit's paths for browsers; its API stays behind. */
function isSignalling(url: string): boolean {
  return /^\/rtc(\/|\?|$)/.test(url);
}
