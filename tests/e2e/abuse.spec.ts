import { expect, test } from "./support/actors.ts";
import { startOtherSite } from "./support/other-site.ts";
import { newAddress, newDeviceId, newIdentity, newTicketId, unusedCode } from "./support/ids.ts";
import { identityOf, namesInside, participantsOf } from "./support/livekit-admin.ts";
import { meet, startMeeting } from "./support/meetings.ts";
import { livekitRooms } from "./support/redis.ts";
import { appLog, readStack, tokensInAppLog } from "./support/stack.ts";
import { sendWebhook, signWebhook } from "./support/webhooks.ts";

const refusal = (status: number, code: string) => ({ status, body: { error: { code } } });

test("[L15] [M11] ids that are forged or of another room decide nothing", async ({ people, host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  const stranger = await people.scriptedMember("Olaf Other");
  const theirs = (await stranger.post("/api/rooms", {})).body.code as string;
  expect((await stranger.enter(theirs)).body.status).toBe("admitted");
  const hostApi = await host.api();
  const ticketId = (await hostApi.get(`/api/rooms/${room.code}/lobby`)).body.guests[0].ticketId as string;
  const identity = await identityOf(room.code, host.name);
  const verdict = { verdict: "admitted" };

  // A host of another room, here and there.
  expect(await stranger.post(`/api/rooms/${room.code}/lobby/${ticketId}`, verdict)).toMatchObject({
    status: expect.any(Number),
    body: { error: { code: expect.stringMatching(/^not_(inside|allowed)$/) } },
  });
  expect(await stranger.post(`/api/rooms/${theirs}/lobby/${ticketId}`, verdict)).toMatchObject(
    refusal(404, "ticket_unknown"),
  );
  expect((await stranger.get(`/api/rooms/${room.code}/lobby`)).status).toBeGreaterThanOrEqual(403);
  expect(await stranger.moderate(theirs, { action: "expel", identity, ban: true })).toMatchObject(
    refusal(404, "person_unknown"),
  );
  expect((await stranger.moderate(room.code, { action: "end" })).status).toBeGreaterThanOrEqual(403);
  expect(await stranger.delete(`/api/rooms/${room.code}`)).toMatchObject(refusal(403, "not_allowed"));
  // The one who waits, for themselves.
  const guestApi = await guest.api();
  expect((await guestApi.post(`/api/rooms/${room.code}/lobby/${ticketId}`, verdict)).status).toBeGreaterThanOrEqual(
    403,
  );
  // The host, with a target that does not exist.
  expect(await hostApi.post(`/api/rooms/${room.code}/lobby/${newTicketId()}`, verdict)).toMatchObject(
    refusal(404, "ticket_unknown"),
  );
  expect(await hostApi.post(`/api/rooms/${room.code}/lobby/t_x`, verdict)).toMatchObject({ status: 404 });
  expect(await hostApi.moderate(room.code, { action: "mute", identity: newIdentity() })).toMatchObject(
    refusal(404, "person_unknown"),
  );

  await guest.expectWaiting();
  await expect(host.page.getByRole("button", { name: "Admit Ada" })).toBeVisible();
  expect(await namesInside(room.code)).toEqual([host.name]);
  expect(await guest.mainRoomTokens()).toEqual([]);
});

test("[H2] what another site sends with our cookies changes nothing", async ({ host, guest }) => {
  const room = await meet(host, guest);
  const evil = await startOtherSite("127.0.0.1");
  host.expectErrors(/CORS policy|net::ERR_FAILED|Failed to load resource/);
  const { baseUrl } = readStack();
  try {
    const page = await host.context.newPage();
    await page.goto(evil.url);
    // Forms and no-cors requests are what a browser lets another site send without asking.
    const outcomes = await page.evaluate(
      async ([base, code]) => {
        const end = JSON.stringify({ action: "end" });
        const address = `${base}/api/rooms/${code}/moderation`;
        const attempt = (init: RequestInit) =>
          fetch(address, { method: "POST", credentials: "include", body: end, ...init }).then(
            ({ status }) => status,
            () => "blocked",
          );
        return Promise.all([
          attempt({ mode: "no-cors", headers: { "content-type": "text/plain" } }),
          attempt({ headers: { "content-type": "application/json" } }),
          Promise.resolve(navigator.sendBeacon(address, end)),
        ]);
      },
      [baseUrl, room.code] as const,
    );
    expect(outcomes[1]).toBe("blocked");
    // A form that posts: as text, the one way to put JSON into it.
    const answered = page.waitForResponse(
      (response) => response.url().endsWith("/moderation") && response.request().isNavigationRequest(),
    );
    await page.evaluate(
      ([base, code]) => {
        document.body.innerHTML = `<form method="post" enctype="text/plain" action="${base}/api/rooms/${code}/moderation"><input name='{"action":"end","x":"' value='"}'></form>`;
        document.forms[0]!.submit();
      },
      [baseUrl, room.code] as const,
    );
    expect((await answered).status()).toBe(403);
  } finally {
    await evil.close();
  }
  await host.expectInside();
  await guest.expectInside();

  const api = await host.api();
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${baseUrl}.evil.example` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ]) {
    expect(
      await api.post(
        `/api/rooms/${room.code}/moderation`,
        { action: "end" },
        headers as unknown as Record<string, string>,
      ),
      JSON.stringify(headers),
    ).toMatchObject(refusal(403, "cross_site"));
  }
  expect(await namesInside(room.code)).toEqual(["Ada", host.name]);
});

test("[H3] [H4] [H17] what does not have the form we expect is refused by name, and nothing of it is repeated", async ({
  people,
  host,
}) => {
  const room = await host.openRoom();
  const api = await people.scriptedGuest();
  const entry = `/api/rooms/${room.code}/entry`;
  const good = { name: "Ada", device: api.device };
  const badNames: Record<string, string> = {
    empty: "",
    blank: "   ",
    invisible: "\u200B\u2060\u202E",
    "61 characters": "a".repeat(61),
    "line end": "Ada\nAdmin",
    markup: "<img src=x onerror=alert(1)>",
    "piled up accents": `A${"\u0301".repeat(12)}`,
    nul: "Ada\u0000",
  };
  for (const [why, name] of Object.entries(badNames)) {
    const answer = await api.post(entry, { ...good, name });
    expect(answer, why).toMatchObject(refusal(400, "bad_request"));
    if (name.length > 4) expect(answer.text, why).not.toContain(name);
  }
  const badBodies: [string, unknown, number, string][] = [
    ["a field too many", { ...good, role: "host" }, 400, "bad_request"],
    ["another person's identity", { ...good, identity: newIdentity() }, 400, "bad_request"],
    ["no device", { name: "Ada" }, 400, "bad_request"],
    ["a device that is none", { ...good, device: "d_1" }, 400, "bad_request"],
    ["a wish that is none", { ...good, intent: "steal" }, 400, "bad_request"],
    ["no object", [], 400, "bad_request"],
    ["no JSON", "{name:", 400, "bad_request"],
    ["a prototype", '{"__proto__":{"name":"x"},"name":"Ada"}', 400, "bad_request"],
    ["over 16 kB", { ...good, name: "a".repeat(17_000) }, 413, "body_too_large"],
  ];
  for (const [why, body, status, code] of badBodies)
    expect(await api.post(entry, body), why).toMatchObject(refusal(status, code));
  expect(await api.post(entry, good, { "content-type": "text/plain" })).toMatchObject(refusal(415, "not_json"));

  for (const code of [
    "abc",
    "ABC-DEFG-HIJ",
    "abc-defg-hij-klm",
    "..%2f..%2fetc",
    "%00",
    "abc-defg-h1j",
    "__proto__",
    "%F0%9D%94%9E",
  ]) {
    expect((await api.get(`/api/rooms/${code}`)).status, code).toBe(404);
  }
  const hostApi = await host.api();
  for (const verdict of ["banned", "", "ADMITTED", null, { $ne: "denied" }]) {
    const answer = await hostApi.post(`/api/rooms/${room.code}/lobby/${newTicketId()}`, { verdict });
    expect(answer.status, String(verdict)).toBeGreaterThanOrEqual(400);
    expect(answer.status, String(verdict)).toBeLessThan(500);
  }
  expect((await api.get(entry)).status).toBe(405);
  expect(
    (await hostApi.get("/api/rooms")).body.rooms.filter((one: { waitingCount: number }) => one.waitingCount > 0),
  ).toEqual([]);
});

test("[H6] [S9] who asks too often gets 429 with Retry-After, and reads it as a sentence", async ({
  people,
  guest,
}) => {
  const guesser = await people.scriptedGuest();
  const answers = [];
  for (let tries = 0; tries < 14; tries += 1) answers.push(await guesser.get(`/api/rooms/${unusedCode()}`));
  expect(answers[0]).toMatchObject(refusal(404, "room_unknown"));
  const last = answers.at(-1)!;
  expect(last).toMatchObject(refusal(429, "rate_limited"));
  expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
  expect(Number(last.headers["retry-after"])).toBeLessThanOrEqual(60);

  // The same address in a browser.
  const address = newAddress();
  await guest.context.setExtraHTTPHeaders({ "x-forwarded-for": address });
  for (let tries = 0; tries < 12; tries += 1)
    await guesser.ask(`/api/rooms/${unusedCode()}`, { headers: { "x-forwarded-for": address } });
  await guest.page.goto(`/meet/${unusedCode()}`);
  await guest.expectHeading("Too many attempts");
  await expect(guest.page.getByText(/Try again in \d+ seconds?\./)).toBeVisible();
});

test("[W2] [W3] [W4] only LiveKit's own signature over the very body makes a webhook", async ({ host, guest }) => {
  const room = await meet(host, guest);
  const [livekitRoom = ""] = await livekitRooms(room.code);
  const ada = (await participantsOf(room.code)).find(({ name }) => name === "Ada")!;
  const left = {
    event: "participant_left",
    id: `EV_${newDeviceId()}`,
    createdAt: String(Math.floor(Date.now() / 1000)),
    room: { name: livekitRoom },
    participant: { identity: ada.identity, sid: ada.sid },
  };
  const own = (await guest.mainRoomTokens())[0]!.raw;
  expect(await sendWebhook(left, undefined)).toBe(401);
  expect(await sendWebhook(left, "Bearer nonsense")).toBe(401);
  expect(await sendWebhook(left, own)).toBe(401);
  expect(await sendWebhook(left, `Bearer ${own}`)).toBe(401);
  expect(await sendWebhook(left, await signWebhook(left, "not-the-secret-not-the-secret-not-the-secret"))).toBe(401);
  expect(await sendWebhook(left, await signWebhook({ ...left, event: "room_finished" }))).toBe(401);
  expect((await (await guest.api()).post(`/api/rooms/${room.code}/presence`)).status).toBe(200);

  // The control: with the right signature it is heard; unknown events and those of a sid that counts no more change nothing.
  const unknown = { ...left, event: "meteor_strike", id: `EV_${newDeviceId()}` };
  expect(await sendWebhook(unknown, await signWebhook(unknown))).toBe(200);
  const late = { ...left, id: `EV_${newDeviceId()}`, participant: { identity: ada.identity, sid: "PA_gone" } };
  expect(await sendWebhook(late, await signWebhook(late))).toBe(200);
  expect(await sendWebhook(late, await signWebhook(late))).toBe(200);
  expect((await (await guest.api()).post(`/api/rooms/${room.code}/presence`)).status).toBe(200);
  await expect(host.tile("Ada")).toHaveCount(1);
});

test("[H15] [A5] the server's log holds no token and no secret", async ({ host, guest }) => {
  await meet(host, guest);
  expect(tokensInAppLog()).toEqual([]);
  const { nextAuthSecret, identitySecret, livekit, redis } = readStack();
  const log = appLog();
  for (const secret of [nextAuthSecret, identitySecret, livekit.apiSecret, redis.token])
    expect(log).not.toContain(secret);
  const pass = (await guest.context.cookies()).find(({ name }) => name.endsWith("veet-guest"));
  expect(pass?.httpOnly).toBe(true);
  expect(log).not.toContain(pass?.value);
});
