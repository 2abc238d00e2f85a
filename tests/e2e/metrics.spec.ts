import { expect, test } from "./support/actors.ts";
import { metricValue } from "../support/metric-value.ts";
import { startMeeting } from "./support/meetings.ts";
import { readStack } from "./support/stack.ts";

const readMetrics = async () => (await fetch(readStack().metricsUrl)).text();
/** What the story moves, in this order. Other stories run beside it, so that numbers only grow. */
async function figures(): Promise<number[]> {
  const text = await readMetrics();
  return [
    metricValue(text, "veet_knocks_total", { kind: "guest" }),
    metricValue(text, "veet_verdicts_total", { verdict: "admitted" }),
    metricValue(text, "veet_verdict_seconds_count"),
    metricValue(text, "veet_answers_total", { code: "room_unknown" }),
    metricValue(text, "veet_dependency_seconds_count", { dependency: "redis" }),
    metricValue(text, "veet_entries_total", { outcome: "joined" }),
  ];
}

test("[O40] [O41] the production server measures a knock, its verdict, joins, refusals and Redis, beside its own port", async ({
  host,
  guest,
}) => {
  const before = await figures();
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.admit("Ada");
  await guest.expectInside();
  await (await guest.api()).get("/api/rooms/abc-defg-hij");
  const after = await figures();
  const grown = after.map((value, index) => value - (before[index] ?? Number.NaN));
  for (const one of grown) expect(one).toBeGreaterThanOrEqual(1);

  const text = await readMetrics();
  expect(text).not.toContain(room.code);
  expect(text).not.toMatch(/[0-9a-z]{20}/);
  expect((await fetch(`${readStack().baseUrl}/metrics`)).status).toBe(404);
});
