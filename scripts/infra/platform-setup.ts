import { getPlatform } from "./sst-platform.ts";

/** Runs before the infra tests, which import packages that SST includes. */
export default async function setup(): Promise<void> {
  await getPlatform();
}
