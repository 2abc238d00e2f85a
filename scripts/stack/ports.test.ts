import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { ROOT } from "./paths.ts";
import { PORTS, freePort, freeUdpPort } from "./ports.ts";

/** No stack uses ports in this range. */
const APART = { from: 10_000, to: 18_000 };
const seed = randomInt(100_000);

const ending: (() => unknown)[] = [];
afterEach(() => Promise.all(ending.splice(0).map((end) => end())));

test.each([
  ["TCP", freePort, (port: number) => createServer().listen(port, "127.0.0.1")],
  ["UDP", freeUdpPort, (port: number) => createSocket("udp4").bind(port)],
])(
  "[G22] a free %s port can be listened on, is returned once, and is outside the range of outgoing connections",
  async (_, find, listen) => {
    const ports = await Promise.all(Array.from({ length: 150 }, () => find()));
    expect(new Set(ports).size).toBe(150);
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(PORTS.from);
      expect(port).toBeLessThan(PORTS.to);
      const socket = listen(port);
      await once(socket, "listening");
      socket.close();
    }
  },
);

test("[G22] two processes that look for ports at the same time find different ones", async () => {
  // Both start with the same block, which two random draws would rarely do.
  const [one, other] = await Promise.all([startProcess(), startProcess()]);
  expect(one.ports.filter((port) => other.ports.includes(port))).toEqual([]);
});

test("[G22] every start that requests the same ports gets them, as long as they are free", async () => {
  const first = await startProcess();
  await first.end();
  const second = await startProcess();
  await second.end();
  expect(second.ports).toEqual(first.ports);

  const [, taken = 0] = first.ports;
  const server = createServer().listen(taken, "127.0.0.1");
  ending.push(() => server.close());
  await once(server, "listening");
  const third = await startProcess();
  expect(third.ports).not.toContain(taken);
  expect(third.ports[0]).toBe(first.ports[0]);
});

test("[G22] a process that was killed frees its ports for the next one", async () => {
  const first = await startProcess();
  await first.end("SIGKILL");
  expect((await startProcess()).ports).toEqual(first.ports);
});

/** Starts another process, which finds three ports, reports them and keeps running. */
async function startProcess(): Promise<{ ports: number[]; end: (signal?: NodeJS.Signals) => unknown }> {
  const code = `
    const { drawSamePorts, freePort } = await import(${JSON.stringify(join(ROOT, "scripts", "stack", "ports.ts"))});
    drawSamePorts(${seed}, ${JSON.stringify(APART)});
    console.log(JSON.stringify([await freePort(), await freePort(), await freePort()]));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const end = (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    return gone;
  };
  ending.push(end);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { ports: JSON.parse(String(line)) as number[], end };
}
