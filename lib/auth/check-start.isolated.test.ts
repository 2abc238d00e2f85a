import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function start(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  const said: string[] = [];
  const { checkStart } = await import("./check-start.ts");
  const { signInWays } = await import("./providers.ts");
  checkStart((level, event) => void said.push(`${level} ${event}`));
  return { said, ways: signInWays().map(({ id }) => id) };
}

const google = { GOOGLE_CLIENT_ID: "x", GOOGLE_CLIENT_SECRET: "x" };
const github = { GITHUB_CLIENT_ID: "x", GITHUB_CLIENT_SECRET: "x" };
const oidc = { OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "x", OIDC_CLIENT_SECRET: "x" };
const tryIt = { TRY_IT_SIGN_IN: "1" };
const production = { NODE_ENV: "production", NEXTAUTH_URL: "https://veet.example", HOSTS_ALLOWED: "*" };

test.each([
  [{}, [], ["warn start.nobody-can-sign-in"]],
  [production, [], ["warn start.nobody-can-sign-in"]],
  [{ ...production, ...google }, ["google"], ["info start.sign-in"]],
  [{ ...google, ...github, ...oidc }, ["oidc", "google", "github"], ["info start.sign-in"]],
  [tryIt, ["try-it"], ["info start.sign-in", "warn start.try-it"]],
])("[A7] with %j users can sign in by %j and the start reports %j", async (variables, ways, said) => {
  expect(await start(variables)).toEqual({ ways, said });
});

test("[A8] the try-it sign-in is impossible in production", async () => {
  await expect(start({ ...production, ...tryIt })).rejects.toThrow(/TRY_IT_SIGN_IN/);
});
