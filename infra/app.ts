import { keepingOf } from "./stage.ts";
import { PROVIDERS } from "./versions.ts";

/**
 * The region for a stage's state, passphrase and secrets, and for resources without a region. If it is unset, SST uses the region of
 * the current AWS profile: a second operator, or GitHub, would find no secrets and start a second state.
 */
export const HOME_REGION = "us-east-1";

/** The app settings that SST reads first. */
export function appOf(stage: string) {
  const { aws, ...others } = PROVIDERS;
  return {
    name: "veet",
    home: "aws" as const,
    providers: { aws: { version: aws, region: HOME_REGION }, ...others },
    ...keepingOf(stage),
  };
}
