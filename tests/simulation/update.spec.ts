import { ONE_SERVER } from "../../scripts/simulation/site-plan.ts";
import type { RunningSite } from "../../scripts/stack/site.ts";
import { expect, test as base } from "../e2e/support/actors.ts";
import { startAppStack } from "../e2e/support/app-stack.ts";
import { expectSeeAndHear, meet } from "../e2e/support/meetings.ts";
import { readStack } from "../e2e/support/stack.ts";
import { GONE, expectUndisturbed, identitiesOf } from "./support/across.ts";
import { runWithCompose } from "./support/compose.ts";

type Sites = readonly [RunningSite, RunningSite];

/** Two sites of one region, as on one server. */
const test = base.extend<object, { sites: Sites }>({
  sites: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const { sites, stop } = await startAppStack(ONE_SERVER);
      const [a, b] = sites;
      if (!a || !b) throw new Error("Two sites were asked for");
      await use([a, b]);
      await stop();
    },
    { scope: "worker", auto: true, timeout: 180_000 },
  ],
  baseURL: async ({ sites }, use) => use(sites && readStack().baseUrl),
});

const pidsOf = (sites: Sites) =>
  sites.flatMap(({ nodes }) => nodes.flatMap((node) => [node.pid(), node.gatekeeperPid()]));

test("[D120] the update replaces every server of both sites, one site after the other, and a call of two continues through it", async ({
  sites,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  await expectSeeAndHear(room, host, guest);
  const identities = await identitiesOf(room, host, guest);
  for (const person of [host, guest]) person.expectErrors(GONE);
  const before = pidsOf(sites);
  const commands: string[] = [];

  const { code, output } = await runWithCompose("update.sh", sites, async (command) => {
    commands.push(command);
    // Nothing of the site runs from its stop to its start.
    if (command.includes("livekit-")) await expectSeeAndHear(room, host, guest);
  });

  expect([code, output]).toEqual([0, expect.stringContaining("b takes people again.")]);
  expect(commands).toEqual([
    "pull",
    "up --detach --wait --no-deps redis app",
    ...["a", "b"].flatMap((site) => [
      `exec -T app node drain.mjs ${site}`,
      `stop --timeout 60 livekit-${site} gatekeeper-${site}`,
      `up --detach --wait --no-deps livekit-${site} gatekeeper-${site}`,
      `exec -T app node drain.mjs ${site} --undo`,
    ]),
    "up --detach --wait --remove-orphans",
  ]);
  expect(pidsOf(sites).filter((pid) => before.includes(pid))).toEqual([]);
  await expectUndisturbed(host, guest);
  await expectSeeAndHear(room, host, guest);
  expect(await identitiesOf(room, host, guest)).toEqual(identities);
});
