import { afterAll, beforeAll, expect, test } from "vitest";
import { newAccountId, newAddress } from "../e2e/support/ids.ts";
import { fuzzedRequests } from "../support/fuzz.ts";
import { type Browser, openBrowser } from "./support/browser.ts";
import { type Cloud, startCloud } from "./support/cloud.ts";
import { HOST, throughCloudFront } from "./support/cloudfront.ts";
import type { Container } from "./support/container.ts";

let cloud: Cloud;
let one: Container;
let other: Container;

beforeAll(async () => {
  cloud = await startCloud();
  one = cloud.start();
  other = cloud.start();
  cloud.webhooks.goTo(one);
});
afterAll(() => cloud.stop());

async function hostIn(container: Container): Promise<Browser> {
  const host = openBrowser(container);
  await host.signIn("Hanna Host", newAccountId(), cloud.nextAuthSecret);
  return host;
}

test.each([
  ["a broken escape in the API", "GET", "/api/rooms/%ff", 404, "room_unknown"],
  ["a broken escape behind a code", "POST", "/api/rooms/%zz/entry", 404, "room_unknown"],
  ["an unknown address", "GET", "/api/nothing/%ff", 404, "not_found"],
  ["a method that the route does not accept", "PUT", "/api/rooms", 405, "method_not_allowed"],
  ["a method that no page accepts", "DELETE", "/sign-in", 405, "method_not_allowed"],
  ["sign-in as JSON", "POST", "/api/auth/signin/oidc", 415, "not_form"],
])("[H36] [H25] [H26] %s: the same refusal as on a server", async (_, method, path, status, code) => {
  const answer = await openBrowser(one).ask(path, { method, ...(method === "GET" ? {} : { body: {} }) });
  expect([answer.status, answer.body?.error.code]).toEqual([status, code]);
  expect(answer.headers["x-request-id"]).toMatch(/^r_[0-9a-z]{20}$/);
  expect(answer.headers["cache-control"]).toContain("no-store");
});

test("[H36] [S36] a broken escape in a page is 404, and another form of a meeting redirects", async () => {
  const browser = openBrowser(one);
  const broken = await browser.ask("/meet/%ff", { headers: { accept: "text/html" } });
  expect(broken.status).toBe(404);
  expect(broken.headers["content-security-policy"]).toContain("'nonce-");
  const led = await browser.ask("/meet/ABC-DEFG-HIJ.?from=mail");
  expect(led.status).toBe(308);
  expect(new URL(led.headers.location ?? "", `https://${HOST}`).href).toBe(
    `https://${HOST}/meet/abc-defg-hij?from=mail`,
  );
});

test("[A13] signing out in one process applies to all", async () => {
  const host = await hostIn(one);
  expect((await host.ask("/api/rooms", { by: other })).status).toBe(200);
  const { csrfToken } = (await host.ask("/api/auth/csrf")).body;
  const copy = openBrowser(other);
  copy.take(host);
  const form = {
    body: new URLSearchParams({ csrfToken, json: "true" }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
  };
  expect((await host.ask("/api/auth/signout", { method: "POST", ...form, by: one })).status).toBe(200);
  expect((await copy.ask("/api/rooms")).status).toBe(401);
});

test("[H27] a sample of the fuzzed requests gets no 5xx", async () => {
  const member = await hostIn(one);
  const { code } = (await member.post("/api/rooms", {})).body;
  const requests = fuzzedRequests({
    seed: 5,
    count: 200,
    host: HOST,
    origin: `https://${HOST}`,
    code,
    people: { "no cookie": "", member: member.cookieHeader() },
    canary: "canary",
  });
  // CloudFront itself refuses other methods and targets.
  const passed = requests.filter(({ method, target }) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) && target.startsWith("/")); // prettier-ignore
  const failed: string[] = [];
  for (const { method, target, headers, body } of passed) {
    const own = Object.fromEntries(
      headers.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => name !== "host"),
    );
    const event = throughCloudFront(
      { address: newAddress() },
      { method, path: target, headers: own, ...(body && { body }) },
    );
    const { statusCode } = await one.invoke(event);
    if (!(statusCode >= 200 && statusCode < 500))
      failed.push(`${statusCode} ${method} ${target} ${JSON.stringify(own)}`);
  }
  expect(failed).toEqual([]);
});
