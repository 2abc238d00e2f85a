import { Agent, request } from "node:http";
import { expect, test } from "@playwright/test";
import { ONE_SITE } from "../scripts/simulation/site-plan.ts";
import { startAppStack } from "../tests/e2e/support/app-stack.ts";
import { readStack } from "../tests/e2e/support/stack.ts";

/** How long a client leaves its connection idle, in seconds: longer than the limits of Node, a load balancer, and Caddy. */
const QUIET_SECONDS = [6, 61, 121];

/** Sends one request over this client's only connection. @returns the status, and whether the connection existed already. */
function ask(agent: Agent, url: string): Promise<{ status: number; isReused: boolean }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode ?? 0, isReused: asking.reusedSocket }));
    });
    asking.on("error", reject).end();
  });
}

test("a connection is reused after it was idle", async () => {
  const { stop } = await startAppStack(ONE_SITE);
  try {
    const { baseUrl, livekit, redis } = readStack();
    const servers = { app: `${baseUrl}/api/health`, gatekeeper: livekit.url.replace("ws", "http"), bridge: redis.url };
    const rows = await Promise.all(
      Object.entries(servers).flatMap(([server, url]) =>
        QUIET_SECONDS.map(async (seconds) => {
          const agent = new Agent({ keepAlive: true, maxSockets: 1 });
          const first = await ask(agent, url);
          await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
          const second = await ask(agent, url);
          agent.destroy();
          return { server, seconds, first: first.status, second: second.status, isReused: second.isReused };
        }),
      ),
    );
    console.table(rows);
    expect(rows.every(({ first, second, isReused }) => isReused && first === second)).toBe(true);
  } finally {
    await stop();
  }
});
