import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { Stop } from "./stop.ts";

/**
 * Makes sure that no other `npm run dev` uses this checkout's data. A socket rather than a file with a process id: it
 * disappears with its process, however that ends.
 *
 * @throws Stop when another one is running.
 */
export async function claimCheckout(socketPath: string): Promise<void> {
  if (await answers(socketPath))
    throw new Stop("Veet already runs from this checkout: use that one, or stop it with Ctrl-C in its terminal.");
  await rm(socketPath, { force: true });
  const server = createServer((socket) => socket.end()).listen(socketPath);
  await once(server, "listening");
  server.unref();
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
