import { expect, test } from "@playwright/test";
import { ONE_SITE } from "../scripts/stack/site-plan.ts";
import { apiClient } from "../tests/e2e/support/api.ts";
import { startAppStack } from "../tests/e2e/support/app-stack.ts";
import { newAccountId } from "../tests/e2e/support/ids.ts";
import { report } from "./support/results.ts";

/** Asked this often each way, in turn, so that both meet the same weather. */
const ASKED = 300;
/** What comes first pays for what is loaded then. */
const WARMING_UP = 50;

test("what the gatekeeper adds to a question of LiveKit's", async () => {
  const { sites, stop } = await startAppStack(ONE_SITE);
  try {
    const [media] = sites.map((site) => site.media);
    if (!media) throw new Error("There is no site");
    const door = media.url.replace("ws", "http");
    const host = await apiClient({ accountId: newAccountId(), name: "Hanna Host" });
    const { code } = (await host.post("/api/rooms")).body;
    const { token } = (await host.enter(code)).body.legs[0];
    const [through, past]: [number[], number[]] = [[], []];
    for (let asked = 0; asked < WARMING_UP + ASKED; asked += 1) {
      const [withDoor, without] = [await ask(door, token), await ask(media.apiUrl, token)];
      if (asked < WARMING_UP) continue;
      through.push(withDoor);
      past.push(without);
    }
    const added = through.map((ms, index) => ms - (past[index] ?? NaN));
    report({ livekit_validate_ms: past, gatekeeper_validate_ms: through, gatekeeper_adds_ms: added }, "ms");
  } finally {
    await stop();
  }
});

/** @returns how long LiveKit's answer to a good token took, in ms. */
async function ask(baseUrl: string, token: string): Promise<number> {
  const startedAtMs = performance.now();
  const response = await fetch(`${baseUrl}/rtc/validate?access_token=${token}`);
  expect(await response.text()).toBe("success");
  return performance.now() - startedAtMs;
}
