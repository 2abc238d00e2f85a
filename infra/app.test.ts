import { expect, test, vi } from "vitest";
import { PROVIDERS } from "./versions.ts";

type Config = { app: (input: { stage: string }) => Promise<Record<string, unknown>> };

/** Loads sst.config.ts the way SST does. */
async function readConfig(): Promise<Config> {
  vi.stubGlobal("$config", (config: Config) => config);
  const { default: config } = (await import("../sst.config.ts")) as unknown as { default: Config };
  vi.unstubAllGlobals();
  return config;
}

test.each(["production", "try"])(
  "[D55] the state of %s is kept in one region, whatever region the operator's profile has",
  async (stage) => {
    vi.stubEnv("AWS_REGION", "eu-west-1");
    const { app } = await readConfig();
    expect(await app({ stage })).toMatchObject({
      home: "aws",
      providers: {
        aws: { version: PROVIDERS.aws, region: "us-east-1" },
        "@upstash/pulumi": PROVIDERS["@upstash/pulumi"],
      },
      protect: stage === "production",
    });
    vi.unstubAllEnvs();
  },
);
