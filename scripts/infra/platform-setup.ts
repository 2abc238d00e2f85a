import { getPlatform } from "./sst-platform.ts";

/** Before the tests of infra, which import what SST brings along. */
export default async function setup(): Promise<void> {
  await getPlatform();
}
