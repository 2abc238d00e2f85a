import { once } from "node:events";
import { createServer, type Server } from "node:https";
import { createProxyServer } from "httpxy";
import type { Certificate } from "./certificate.ts";

export type TlsProxyPlan = {
  address: string;
  port: number;
  certificate: Certificate;
  /** The loopback ports behind it. */
  pagePort: number;
  signalPort: number;
};

/**
 * Serves the page and LiveKit's signalling over TLS at one address and port.
 *
 * One port for both, because a phone asks its user to accept a self-signed certificate once per port, and only for pages:
 * a WebSocket to another port would fail silently.
 */
export async function startTlsProxy(plan: TlsProxyPlan): Promise<Server> {
  const proxy = createProxyServer({ xfwd: true });
  const target = (url = "/") => `http://localhost:${isSignalling(url) ? plan.signalPort : plan.pagePort}`;
  const server = createServer(plan.certificate, (request, response) => {
    proxy.web(request, response, { target: target(request.url) }).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    // After an upgrade this is a plain TLS socket, although the event's type says otherwise.
    socket.on("error", () => socket.destroy());
    proxy.ws(request, socket as never, { target: target(request.url) }, head).catch(() => socket.destroy());
  });
  // Browsers close connections at any time; each request has its own handler above.
  proxy.on("error", () => {});
  server.listen(plan.port, plan.address);
  await once(server, "listening");
  return server;
}

/** LiveKit's paths for browsers; its API is not exposed. */
function isSignalling(url: string): boolean {
  return /^\/rtc(\/|\?|$)/.test(url);
}
