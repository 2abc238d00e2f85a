import { createHash } from "node:crypto";
import { join } from "node:path";
import { PROVIDERS, SST_VERSION } from "#infra/versions.ts";
import { CACHE } from "../stack/paths.ts";

const fingerprint = createHash("sha256").update(JSON.stringify(PROVIDERS)).digest("hex").slice(0, 8);

/** Where this version of SST and its providers are unpacked, once for all checkouts. */
export const SST_DIRECTORY = join(CACHE, `sst-${SST_VERSION}-${fingerprint}`);
/** What `sst install` makes: the types of `sst.config.ts`, and Pulumi. */
export const PLATFORM = join(SST_DIRECTORY, ".sst", "platform");
export const PLATFORM_MODULES = join(PLATFORM, "node_modules");
