import { describe, expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

const SITE = "https://veet.example";

describe("[A4] after signing in users stay on this site", () => {
  test.each([
    "//evil.example",
    "///evil.example",
    "////evil.example/a",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\u0000/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:evil.example",
    "https://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "https://veet.example@evil.example",
    "https://veet.example:x@evil.example/",
    "https://veet.example.evil.example",
    "https://veet.example\\@evil.example",
    "https://veet.example\\.evil.example",
    "https://veet.example//evil.example",
    "https://veet.example:8443/",
    "http://veet.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "blob:https://veet.example/1",
    "ftp://veet.example",
    "evil.example",
    "meet/abc",
    "?next=/",
    "#x",
    ".",
    "/.//evil.example",
    "/./\\evil.example",
    "/a/..//evil.example",
    "/%0d%0aLocation: https://evil.example",
    "/a\r\nSet-Cookie: a=b",
    "/api/auth/signout",
    "/API/rooms",
    "/api",
    "/x/../api/rooms",
    "",
    undefined,
    null,
  ])("%j leads to the home page", (wanted) => {
    expect(safePath(wanted, SITE)).toBe("/");
  });

  test.each([
    ["/", "/"],
    ["/meet/abc-defg-hij", "/meet/abc-defg-hij"],
    ["/?start=now", "/?start=now"],
    ["/meet/abc-defg-hij?a=https://evil.example#b", "/meet/abc-defg-hij?a=https://evil.example#b"],
    ["/%0d%0aLocation:%20x", "/%0d%0aLocation:%20x"],
    ["/%2f%2fevil.example", "/%2f%2fevil.example"],
    ["/@evil.example", "/@evil.example"],
    ["/apix", "/apix"],
    ["https://veet.example", "/"],
    ["https://veet.example/meet/abc-defg-hij", "/meet/abc-defg-hij"],
  ])("%j leads to %j", (wanted, path) => {
    expect(safePath(wanted, SITE)).toBe(path);
    expect(new URL(SITE + path).origin).toBe(SITE);
  });
});
