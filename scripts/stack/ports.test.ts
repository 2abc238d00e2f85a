import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test, vi } from "vitest";
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

test("the same ports are found at every start that asks for it, as long as they are free", async () => {
  const start = async (seed: number) => {
    vi.resetModules(); // as another process
    const ports = await import("./ports.ts");
    ports.drawSamePorts(seed);
    return Promise.all([ports.freePort(), ports.freePort(), ports.freeUdpPort()]);
  };
  const [first, second, third] = await start(3977);
  expect(await start(3977)).toEqual([first, second, third]);
  expect(await start(3978)).not.toContain(first);

  const server = createServer().listen(second, "127.0.0.1");
  await once(server, "listening");
  const again = await start(3977);
  expect(again).toEqual([first, expect.any(Number), third]);
  expect(again).not.toContain(second);
  server.close();
});
