import { createServer } from "node:net";
import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Finds a TCP port nobody listens on, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("A TCP socket has no port");
  return address.port;
}

/** Finds a UDP port nobody listens on. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0);
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Says whether somebody listens on this port at any of these addresses. */
export async function isPortTaken(port: number, addresses: string[]): Promise<boolean> {
  for (const address of addresses) if (await isTakenAt(port, address)) return true;
  return false;
}

function isTakenAt(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" || error.code === "EACCES"),
    );
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
