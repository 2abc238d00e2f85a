import { describe, expect, test } from "vitest";
import { readEnv, VARIABLE_NAMES } from "./env.ts";

const key = { apiKey: "key", apiSecret: "s".repeat(32) };
const region = { region: "use1", sites: ["use1a"], keys: [key] };
const sites = { url: "wss://{site}.rtc.example", apiUrl: "https://{site}.rtc.example", regions: [region] };
/** As the app reads it. */
const site = {
  site: "use1a",
  region: "use1",
  url: "wss://use1a.rtc.example",
  apiUrl: "https://use1a.rtc.example",
  ...key,
};
const complete = {
  NEXTAUTH_URL: "https://veet.example",
  NEXTAUTH_SECRET: "n".repeat(32),
  IDENTITY_SECRET: "i".repeat(32),
  UPSTASH_REDIS_REST_URL: "https://redis.example",
  UPSTASH_REDIS_REST_TOKEN: "t",
  MEDIA_SITES: JSON.stringify(sites),
};
const production = { ...complete, NODE_ENV: "production" };

test("[H14] a complete environment is read", () => {
  expect(readEnv(production)).toMatchObject({
    MEDIA_SITES: [site],
    TRY_IT_SIGN_IN: false,
    RATE_LIMIT_FACTOR: 1,
    REDIS_TIMEOUT_MS: 1100,
    NEARER_REGION_SECONDS: 60,
    MAX_WAITING: 100,
  });
});

test("[H14] all missing variables are reported in one message", () => {
  const read = () => readEnv({});
  const { UPSTASH_REDIS_REST_URL: _, UPSTASH_REDIS_REST_TOKEN: __, ...others } = complete;
  for (const name of [...Object.keys(others), "REDIS_URL"]) expect(read).toThrow(new RegExp(`${name}: is missing`));
});

describe("[H62] one way to Redis is needed", () => {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, ...others } = complete;
  test.each([
    ["over TCP", { REDIS_URL: "redis://:password@redis:6379/0" }],
    ["over TCP with TLS", { REDIS_URL: "rediss://redis.example" }],
    ["Upstash's", { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }],
  ])("%s is one", (_, variables) => {
    expect(readEnv({ ...others, ...variables })).toMatchObject(variables);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["none", {}, /REDIS_URL: is missing; or set UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN/],
    ["two", { ...complete, REDIS_URL: "redis://redis" }, /REDIS_URL: and UPSTASH_REDIS_REST_URL are two databases/],
    ["half of Upstash's", { UPSTASH_REDIS_REST_URL: url }, /UPSTASH_REDIS_REST_TOKEN: is missing/],
    ["its other half", { UPSTASH_REDIS_REST_TOKEN: token }, /UPSTASH_REDIS_REST_URL: is missing/],
    ["an address that is not Redis'", { REDIS_URL: "http://redis" }, /REDIS_URL/],
  ])("%s is refused", (_, variables, message) => {
    expect(() => readEnv({ ...others, ...variables })).toThrow(message);
  });
});

test("[H14] an empty variable is an absent one", () => {
  expect(readEnv({ ...complete, GOOGLE_CLIENT_ID: "", OIDC_ISSUER: "" }).GOOGLE_CLIENT_ID).toBeUndefined();
  expect(() => readEnv({ ...complete, NEXTAUTH_SECRET: "" })).toThrow(/NEXTAUTH_SECRET: is missing/);
});

test("[O6] operators are a list of account ids; without one there are none", () => {
  const [ada, ben] = [`a_${"a".repeat(27)}`, `a_${"b".repeat(27)}`];
  expect(readEnv({ ...complete, OPERATORS: `${ada}, ${ben}` }).OPERATORS).toEqual([ada, ben]);
  expect(readEnv(complete).OPERATORS).toEqual([]);
});

test("[H14] a wrong value is named and never repeated", () => {
  const read = () => readEnv({ ...complete, NEXTAUTH_SECRET: "hunter2" });
  expect(read).toThrow(/NEXTAUTH_SECRET: must have at least 32 characters/);
  expect(read).not.toThrow(/hunter2/);
});

describe("[H14] refused everywhere", () => {
  const changed = (change: object) => ({ MEDIA_SITES: JSON.stringify({ ...sites, ...change }) });
  const inRegion = (change: object) => changed({ regions: [{ ...region, ...change }] });
  test.each<[string, Record<string, string>, RegExp]>([
    ["half a provider", { GOOGLE_CLIENT_ID: "x" }, /GOOGLE_CLIENT_SECRET: is needed with GOOGLE_CLIENT_ID/],
    ["its other half", { GITHUB_CLIENT_SECRET: "x" }, /GITHUB_CLIENT_ID: is needed with GITHUB_CLIENT_SECRET/],
    ["an issuer without a client", { OIDC_ISSUER: "https://id.example" }, /OIDC_CLIENT_ID/],
    ["an issuer that is not an address", { OIDC_ISSUER: "id.example" }, /OIDC_ISSUER/],
    ["media sites that are not JSON", { MEDIA_SITES: "[" }, /MEDIA_SITES: is not valid JSON/],
    ["no media region", changed({ regions: [] }), /MEDIA_SITES\.regions/],
    ["a media region without a site", inRegion({ sites: [] }), /MEDIA_SITES\.regions\.0\.sites/],
    ["a media region without a key", inRegion({ keys: [] }), /MEDIA_SITES\.regions\.0\.keys/],
    ["a media site listed twice", inRegion({ sites: ["use1a", "use1a"] }), /MEDIA_SITES: lists use1a twice/],
    ["a media site without an address", changed({ apiUrl: undefined }), /MEDIA_SITES\.0\.apiUrl: is missing/],
    ["a media site without ws", changed({ url: "https://x.example" }), /MEDIA_SITES\.0\.url/],
    [
      "a weak media secret",
      inRegion({ keys: [{ ...key, apiSecret: "secret" }] }),
      /MEDIA_SITES\.regions\.0\.keys\.0\.apiSecret: must have at least 32/,
    ],
    ["an unknown field of a media region", inRegion({ zones: "x" }), /MEDIA_SITES\.regions\.0/],
    ["an address that is not http", { NEXTAUTH_URL: "ftp://veet.example" }, /NEXTAUTH_URL/],
    ["a flag that is neither 0 nor 1", { TRY_IT_SIGN_IN: "yes" }, /TRY_IT_SIGN_IN/],
    ["a lobby without an end", { MAX_WAITING: "100000" }, /MAX_WAITING/],
    ["an operator by e-mail address", { OPERATORS: "ada@example.com" }, /OPERATORS\.0/],
    ["a weak secret for the schedule", { PROBE_SECRET: "secret" }, /PROBE_SECRET: must have at least 32/],
    ["limits switched off", { RATE_LIMIT_FACTOR: "0" }, /RATE_LIMIT_FACTOR/],
  ])("%s", (_, variables, message) => {
    expect(() => readEnv({ ...complete, ...variables })).toThrow(message);
  });
});

describe("[A8] refused in production", () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ["signing in under any name", { TRY_IT_SIGN_IN: "1" }, /TRY_IT_SIGN_IN: lets anyone sign in as anyone/],
    ["plain http", { NEXTAUTH_URL: "http://veet.example" }, /NEXTAUTH_URL: must be https/],
    ["a host that begins like a laptop", { NEXTAUTH_URL: "http://localhost.evil.example" }, /must be https/],
    [
      "LiveKit's development key",
      { MEDIA_SITES: JSON.stringify({ ...sites, regions: [{ ...region, keys: [{ ...key, apiKey: "devkey" }] }] }) },
      /development key on use1a/,
    ],
  ])("%s", (_, variables, message) => {
    expect(() => readEnv({ ...production, ...variables })).toThrow(message);
    expect(() => readEnv({ ...complete, ...variables })).not.toThrow();
  });

  test.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"])("but not %s", (address) => {
    expect(() => readEnv({ ...production, NEXTAUTH_URL: address })).not.toThrow();
  });
});

describe("[A32] in production HOSTS_ALLOWED is needed with a provider at which anyone can have an account", () => {
  const oidc = (issuer: string) => ({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "x", OIDC_CLIENT_SECRET: "x" });
  const google = { GOOGLE_CLIENT_ID: "x", GOOGLE_CLIENT_SECRET: "x" };
  test.each<[Record<string, string>, string]>([
    [google, "Google"],
    [{ GITHUB_CLIENT_ID: "x", GITHUB_CLIENT_SECRET: "x" }, "GitHub"],
    [{ ...google, ...oidc("https://id.example") }, "Google"],
    [oidc("https://accounts.google.com"), "this OIDC_ISSUER"],
    [oidc("https://gitlab.com"), "this OIDC_ISSUER"],
    [oidc("https://login.microsoftonline.com/common/v2.0"), "this OIDC_ISSUER"],
  ])("%j: %s", (variables, provider) => {
    expect(() => readEnv({ ...production, ...variables })).toThrow(`HOSTS_ALLOWED: is needed with ${provider}`);
    expect(() => readEnv({ ...production, ...variables, HOSTS_ALLOWED: "" })).toThrow("HOSTS_ALLOWED");
    expect(readEnv({ ...production, ...variables, HOSTS_ALLOWED: "*" }).HOSTS_ALLOWED).toEqual([{ kind: "everyone" }]);
    expect(() => readEnv({ ...complete, ...variables })).not.toThrow();
  });

  test.each(["https://id.example", "https://login.microsoftonline.com/0000-11/v2.0", "https://gitlab.com.example"])(
    "not with the issuer %s",
    (issuer) => {
      expect(readEnv({ ...production, ...oidc(issuer) }).HOSTS_ALLOWED).toBeUndefined();
    },
  );

  test("a wrong entry is refused everywhere", () => {
    expect(() => readEnv({ ...complete, HOSTS_ALLOWED: "@example.com, secret.example" })).toThrow(
      /HOSTS_ALLOWED: entry 2 must be/,
    );
    expect(() => readEnv({ ...complete, HOSTS_ALLOWED: "secret.example" })).not.toThrow(/secret/);
  });
});

test("[H14] the list of names holds every variable once", () => {
  expect(VARIABLE_NAMES).toEqual(expect.arrayContaining([...Object.keys(complete), "RATE_LIMIT_FACTOR"]));
  expect(new Set(VARIABLE_NAMES).size).toBe(VARIABLE_NAMES.length);
});
