import { createHash } from "node:crypto";
import { join } from "node:path";
import { PROVIDERS, SST_VERSION } from "#infra/versions.ts";
import { CACHE } from "../stack/paths.ts";

const fingerprint = createHash("sha256").update(JSON.stringify(PROVIDERS)).digest("hex").slice(0, 8);

/** The unpacked SST of this version and its providers, shared by all checkouts. */
export const SST_DIRECTORY = join(CACHE, `sst-${SST_VERSION}-${fingerprint}`);
/** Written by `sst install`: the types of `sst.config.ts`, and Pulumi. */
export const PLATFORM = join(SST_DIRECTORY, ".sst", "platform");
export const PLATFORM_MODULES = join(PLATFORM, "node_modules");
