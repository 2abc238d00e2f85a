import { ONE_SITE } from "../../../scripts/simulation/site-plan.ts";
import { startAppStack } from "./app-stack.ts";

/** Playwright's global setup for the stories on one site. */
export default async function startStack(): Promise<() => Promise<void>> {
  return (await startAppStack(ONE_SITE)).stop;
}
