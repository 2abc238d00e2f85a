import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  PASS,
  SIGN_IN,
  type World,
  answer,
  params,
  post,
  sessionHeaders,
  world,
} from "../../tests/support/handling.ts";
import { newGuestPass } from "#lib/auth/guest-pass.ts";
import { AppError } from "#lib/errors.ts";
import { type Guard, anyone, handleAt, signedIn } from "./handle.ts";

describe("[H7] who is asking", () => {
  const who = ({ handle }: World, allow: Guard<unknown, unknown> = anyone) =>
    handle({ params, answer, allow }, ({ actor }) => Promise.resolve({ said: JSON.stringify(actor) }));
  const said = async (response: Response) => JSON.parse(answer.parse(await response.json()).said) as unknown;

  test("a session makes an account, and wins over a guest's pass", async () => {
    const response = await post(who(world()), { headers: await sessionHeaders() });
    expect(await said(response)).toEqual({ kind: "account", ...ACCOUNT });
  });

  test.each([
    ["nothing", "", { kind: "guest" }],
    ["a pass", `veet-guest=${PASS}`, { kind: "guest", pass: PASS }],
    [
      "a pass that we did not issue",
      `veet-guest=${PASS.slice(0, -1)}${PASS.endsWith("A") ? "B" : "A"}`,
      { kind: "guest" },
    ],
    ["something else in its place", "veet-guest=short", { kind: "guest" }],
    ["two sessions", "next-auth.session-token=a; next-auth.session-token=b", { kind: "guest" }],
    ["two passes", `veet-guest=${PASS}; veet-guest=${newGuestPass(1_800_000_000_000)}`, { kind: "guest" }],
    ["a forged session", "next-auth.session-token=eyJhbGciOiJub25lIn0.e30.", { kind: "guest" }],
  ])("%s", async (_, cookie, actor) => {
    expect(await said(await post(who(world()), { headers: { cookie } }))).toEqual(actor);
  });

  test("signedIn refuses guests", async () => {
    expect((await post(who(world(), signedIn))).status).toBe(401);
    expect((await post(who(world(), signedIn), { headers: await sessionHeaders() })).status).toBe(200);
  });

  test("a session is renewed once it is an hour old", async () => {
    const ofAge = async (hoursLeft: number) =>
      (await post(who(world()), { headers: await sessionHeaders(hoursLeft * 3600) })).headers.getSetCookie();
    expect(await ofAge(11.9)).toEqual([]);
    expect(await ofAge(10.9)).toEqual([
      expect.stringMatching(/^next-auth\.session-token=.+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test.each([
    [undefined, 200],
    ["d_0123456789abcdefghij", 200],
    ["d_short", 400],
  ])("device %s → %i", async (device, status) => {
    const headers: Record<string, string> = device ? { "x-veet-device": device } : {};
    expect((await post(who(world()), { headers })).status).toBe(status);
  });
});

describe("[A13] a session that was signed out", () => {
  const who = ({ handle }: World, allow: Guard<unknown, unknown> = anyone) =>
    handle({ params, answer, allow, limit: "presence" }, ({ actor }) =>
      Promise.resolve({ said: JSON.stringify(actor) }),
    );

  test("counts as a guest, and the copy is deleted", async () => {
    const response = await post(who(world({}, [SIGN_IN.signInId])), { headers: await sessionHeaders() });
    expect(JSON.parse(answer.parse(await response.json()).said)).toEqual({ kind: "guest", pass: PASS });
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^next-auth\.session-token=; .*Max-Age=0/)]);
  });

  test("is not renewed", async () => {
    const response = await post(who(world({}, [SIGN_IN.signInId])), { headers: await sessionHeaders(3600) });
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/Max-Age=0/)]);
  });

  test("is refused where an account is needed", async () => {
    const guarded = who(world({}, [SIGN_IN.signInId]), signedIn);
    expect((await post(guarded, { headers: await sessionHeaders() })).status).toBe(401);
  });

  test("is not decided by the guard that ran in the same tick", async () => {
    const asked: string[] = [];
    const allow: Guard<unknown, string> = ({ actor }) => {
      asked.push(actor.kind);
      return actor.kind === "account" ? Promise.reject(new AppError("banned")) : Promise.resolve("let in");
    };
    const response = await post(who(world({}, [SIGN_IN.signInId]), allow), { headers: await sessionHeaders() });
    expect([response.status, asked]).toEqual([200, ["account", "guest"]]);
  });

  test("is refused with 503 when Redis does not answer", async () => {
    const edge = {
      ...world(),
      handle: handleAt({ ...silent, hasEnded: () => Promise.reject(new AppError("unavailable")) }),
    };
    expect((await post(who(edge), { headers: await sessionHeaders() })).status).toBe(503);
    expect((await post(who(edge), { headers: { cookie: `veet-guest=${PASS}` } })).status).toBe(200);
  });
});

const silent = {
  limiter: { count: () => Promise.resolve(), refuseGuesser: () => Promise.resolve() },
  clock: Date.now,
  report: () => undefined,
};

describe("[H8] a guest's pass", () => {
  const issuing = ({ handle }: World) =>
    handle({ params, answer, allow: anyone }, ({ issueGuestPass }) => {
      const pass = issueGuestPass();
      return Promise.resolve({ said: String(pass === issueGuestPass()) });
    });

  test("is issued to a guest without one, as a cookie only", async () => {
    const response = await post(issuing(world()));
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^veet-guest=[\w.-]{78}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/),
    ]);
    expect(await response.json()).toEqual({ said: "true" });
  });

  test("is kept by a guest who has one", async () => {
    const response = await post(issuing(world()), { headers: { cookie: `veet-guest=${PASS}` } });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("can be withdrawn", async () => {
    const handler = world().handle({ params, answer, allow: anyone }, ({ clearGuestPass }) => {
      clearGuestPass();
      return Promise.resolve({ said: "" });
    });
    expect((await post(handler)).headers.getSetCookie()).toEqual([expect.stringMatching(/^veet-guest=; .*Max-Age=0/)]);
  });
});
