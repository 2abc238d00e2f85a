/** What deploys; `npx sst@<this>` and the tests take the same one. */
export const SST_VERSION = "4.17.1";

/** Pulumi providers. The first is the one this SST brings along, so that one copy of its types is installed. */
export const PROVIDERS = { aws: "7.34.0", "@upstash/pulumi": "0.5.0" } as const;

/** SST's own default does not know Next 16.4. `package.json` has the same one, for the tests. */
export const OPEN_NEXT_VERSION = "4.1.12";
