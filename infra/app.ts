import { keepingOf } from "./stage.ts";
import { PROVIDERS } from "./versions.ts";

/**
 * Where SST keeps a stage's state, passphrase and secrets, and where what belongs to no region is made. Without it SST takes the
 * region of whoever deploys: a second person, or GitHub, would find no secrets and begin a second state.
 */
export const HOME_REGION = "us-east-1";

/** What SST is told before anything else is read. */
export function appOf(stage: string) {
  const { aws, ...others } = PROVIDERS;
  return {
    name: "veet",
    home: "aws" as const,
    providers: { aws: { version: aws, region: HOME_REGION }, ...others },
    ...keepingOf(stage),
  };
}
