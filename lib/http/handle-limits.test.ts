import { describe, expect, test } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { type World, answer, params, post, sessionHeaders, world } from "../../tests/support/handling.ts";
import { type Guard, anyone } from "./handle.ts";

describe("[H6] limits", () => {
  const tooMany = () => Promise.reject(new AppError("rate_limited", { retryAfterSeconds: 7 }));
  const refuse = (code: ErrorCode) => () => Promise.reject(new AppError(code));
  const limited = ({ handle }: World, allow: Guard<unknown, unknown>) =>
    handle({ params, answer, allow, limit: "entry.ask" }, () => Promise.resolve({ said: "hello" }));

  test("an exceeded limit is reported first, with the seconds to wait", async () => {
    const response = await post(limited(world({ count: tooMany }), refuse("not_allowed")));
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
  });

  test("counting and the guard start in the same tick", async () => {
    const order: string[] = [];
    const count = async () => {
      order.push("count");
      await Promise.resolve();
      order.push("counted");
    };
    await post(limited(world({ count }), () => Promise.resolve(void order.push("guard"))));
    expect(order.slice(0, 2)).toEqual(["count", "guard"]);
  });

  test("a request that cannot be counted is refused", async () => {
    const away = () => Promise.reject(new AppError("unavailable"));
    expect((await post(limited(world({ count: away }), anyone))).status).toBe(503);
  });

  test("a room that does not exist counts as a miss, wherever that is detected", async () => {
    for (const inGuard of [true, false]) {
      const edge = world();
      const unknown = () => Promise.reject(new AppError("room_unknown"));
      const handler = edge.handle({ params, answer, allow: inGuard ? unknown : anyone }, unknown);
      expect((await post(handler)).status).toBe(404);
      expect(edge.counted).toEqual(["room.miss"]);
    }
  });

  test("a guesser cannot tell a refusal from a miss", async () => {
    const refused = world({ refuseGuesser: tooMany });
    expect((await post(limited(refused, refuse("not_allowed")))).status).toBe(429);
    const missed = world({ count: (name) => (name === "room.miss" ? tooMany() : Promise.resolve()) });
    expect((await post(limited(missed, refuse("room_unknown")))).status).toBe(429);
  });

  test("an allowed caller is not checked for guessing", async () => {
    expect((await post(limited(world({ refuseGuesser: tooMany }), anyone))).status).toBe(200);
  });

  test("a malformed code costs nothing", async () => {
    const edge = world();
    await post(limited(edge, anyone), { code: "x", path: "/api/rooms/x" });
    expect(edge.counted).toEqual([]);
  });

  test("can depend on the caller", async () => {
    const edge = world();
    const handler = edge.handle(
      { params, answer, allow: anyone, limit: ({ actor }) => (actor.kind === "guest" ? "entry.ask" : undefined) },
      () => Promise.resolve({ said: "" }),
    );
    await post(handler);
    await post(handler, { headers: await sessionHeaders() });
    expect(edge.counted).toEqual(["entry.ask"]);
  });
});
