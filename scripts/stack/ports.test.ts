import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { PORTS, freePort, freeUdpPort } from "./ports.ts";

test.each([
  ["TCP", freePort, (port: number) => createServer().listen(port, "127.0.0.1")],
  ["UDP", freeUdpPort, (port: number) => createSocket("udp4").bind(port)],
])(
  "a free %s port can be listened on, is given once, and is none that an outgoing connection gets",
  async (_, find, listen) => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => find()));
    expect(new Set(ports).size).toBe(50);
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(PORTS.from);
      expect(port).toBeLessThan(32_768);
      const socket = listen(port);
      await once(socket, "listening");
      socket.close();
    }
  },
);
