import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { errorOf, SITE } from "../../tests/support/handling.ts";
import { nothingHere, otherMethods } from "./other-methods.ts";

const ask = (handler: (request: Request) => Promise<Response>, method: string) =>
  handler(new Request(`${SITE}/api/rooms`, { method }));

describe("[H26] each route answers the methods it does not support", () => {
  test("with our error code, a request id and Allow", async () => {
    const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
    for (const [method, handler] of Object.entries({ PUT, PATCH, DELETE })) {
      const response = await ask(handler, method);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
      expect(response.headers.get("cache-control")).toBe("no-store, private");
      expect(response.headers.get("x-request-id")).toMatch(/^r_[0-9a-z]{20}$/);
      expect((await errorOf(response)).code).toBe("method_not_allowed");
    }
  });

  test("an address without a route is 404 in the same format", async () => {
    const response = await ask(nothingHere().POST, "POST");
    expect([response.status, (await errorOf(response)).code]).toEqual([404, "not_found"]);
  });

  const routes = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("route.ts"),
  );
  test.each(routes)("%s answers all methods", (path) => {
    const text = readFileSync(join("app/api", path), "utf8");
    const exported = [
      ...text.matchAll(/export (?:const|function|async function) (?:\{ ([^}]+) \}|(\w+))|export \{ ([^}]+) \}/g),
    ]
      .flatMap(([, some, one, others]) => (some ?? one ?? others ?? "").split(", "))
      .map((name) => name.split(" as ").at(-1));
    expect(exported).toEqual(expect.arrayContaining(["GET", "POST", "PUT", "PATCH", "DELETE"]));
  });
});
