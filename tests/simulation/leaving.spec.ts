import type { ApiClient } from "../e2e/support/api.ts";
import { redis, roomKey } from "../e2e/support/redis.ts";
import { type Access, openConnections } from "./support/connections.ts";
import { expect, test, type People } from "./support/simulation.ts";

type Connections = Awaited<ReturnType<typeof openConnections>>;
type Step = () => Promise<unknown>;

/** The ways a participant leaves: what their browser does, in this order. `drop` closes one leg's connection, like a closed tab. */
const WAYS = {
  "presses Leave": ["leave", "drop a", "drop b"],
  "loses the connection, then leaves": ["drop b", "drop a", "leave"],
  "leaves between two connections": ["drop a", "leave", "drop b"],
  "closes the tab": ["drop a", "drop b"],
  "leaves, and stays connected": ["leave"],
  "never connects": [],
} as const;
type Way = keyof typeof WAYS;

/** A room's remaining data besides the room itself. */
const leftovers = async (code: string) =>
  (await redis<string[]>("KEYS", roomKey(code, "*"))).filter((key) => key !== roomKey(code, "room"));

test("[R17] [R30] [R31] [R32] twenty meetings, left in all orders, leave no data behind", async ({
  regions,
  people,
  browser,
}) => {
  test.setTimeout(300_000);
  const connections = await openConnections(browser);
  const ways = Object.keys(WAYS) as Way[];
  const pairs = ways.flatMap((host) => ways.map((guest) => [host, guest] as const));
  // Every way of the host with different ways of the guest. The choice is fixed, so that a failure can be repeated.
  const chosen = Array.from({ length: 20 }, (_, index) => pairs[(index * 11) % pairs.length]!);
  const meetings = [];
  for (const [index, [host, guest]] of chosen.entries())
    meetings.push({ ...(await aMeeting(people, connections, host, guest, index)), title: `${host} / ${guest}` });
  expect(regions.near.plan.site).not.toBe(regions.far.plan.site);

  await Promise.all(meetings.map(({ go }) => go()));

  for (const { code, title } of meetings)
    await expect.poll(() => leftovers(code), { message: title, timeout: 75_000 }).toEqual([]);
  await connections.close();
});

test("[R30] a user who joins right after the last one left sees nothing of the previous meeting", async ({
  people,
  browser,
}) => {
  const connections = await openConnections(browser);
  for (const [index, way] of (["presses Leave", "leaves between two connections"] as const).entries()) {
    const { code, go } = await aMeeting(people, connections, way, "presses Leave", index);
    await go();
    const stranger = await people.scriptedGuest();
    const { body } = await stranger.enter(code, "Stranger");
    expect(body, way).toMatchObject({ status: "admitted", meeting: { chatSeq: 0 } });
    expect((await stranger.get(`/api/rooms/${code}/chat?after=0`)).body.messages).toEqual([]);
    expect(await redis("EXISTS", roomKey(code, "log"))).toBe(0);
    expect(await redis("HLEN", roomKey(code, "identities"))).toBe(1);
  }
  await connections.close();
});

/** A host and a guest on both legs, who have used the chat and raised a hand, and the steps of their leaving. */
async function aMeeting(people: People, connections: Connections, host: Way, guest: Way, index: number) {
  const owner = await people.scriptedMember(`Host ${index}`);
  const code: string = (await owner.post("/api/rooms", { access: "open" })).body.code;
  const other = await people.scriptedGuest();
  const steps = [
    await enter(owner, code, `Host ${index}`, connections, host),
    await enter(other, code, `Guest ${index}`, connections, guest),
  ];
  const said = { id: crypto.randomUUID(), text: "the salary list of round 5" };
  expect((await owner.post(`/api/rooms/${code}/chat`, said)).status).toBe(200);
  expect((await other.post(`/api/rooms/${code}/hand`, { isRaised: true })).status).toBe(200);
  // Host first, guest first, or alternating.
  const orders = [steps.flat(), steps.toReversed().flat(), interleaved(steps)];
  const go = async () => {
    for (const step of orders[index % orders.length] ?? []) await step();
  };
  return { code, go };
}

async function enter(
  client: ApiClient,
  code: string,
  name: string,
  connections: Connections,
  way: Way,
): Promise<Step[]> {
  const { body, text } = await client.enter(code, name);
  expect(body?.status, text).toBe("admitted");
  const legs = body.legs as Access[];
  expect(legs).toHaveLength(2);
  const drops = new Map<string, Step>();
  if (way !== "never connects") {
    for (const access of legs) drops.set(access.leg, await connections.connect(access));
  }
  return WAYS[way].map((step) => {
    if (step === "leave") return () => client.post(`/api/rooms/${code}/leave`);
    return drops.get(step.slice(-1)) ?? (() => Promise.reject(new Error(`There is no leg to ${step}`)));
  });
}

function interleaved(lists: Step[][]): Step[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
