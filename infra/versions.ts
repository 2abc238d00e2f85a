/** What deploys; `npx sst@<this>` and the tests take the same one. */
export const SST_VERSION = "4.17.1";

/** Pulumi providers. The first is the one this SST brings along, so that one copy of its types is installed. */
export const PROVIDERS = { aws: "7.34.0", "@upstash/pulumi": "0.5.0" } as const;

/** SST's own default does not know Next 16.4. `package.json` has the same one, for the tests. */
export const OPEN_NEXT_VERSION = "4.1.12";

/**
 * LiveKit. `release` runs wherever its image or official build can be had. `buildable` is the newest version that `go install` can
 * build from the Go module proxy (later ones replace three modules by forks that the proxy does not carry), so offline machines and
 * their tests run that one.
 *
 * The image, `compose.yaml`, the CI cache and the docs name the release; a test compares them.
 */
export const LIVEKIT = { release: "1.13.11", buildable: "1.13.5" } as const;
