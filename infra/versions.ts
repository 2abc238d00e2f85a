/** SST's version, for deployments (`npx sst@<this>`) and tests. */
export const SST_VERSION = "4.17.1";

/** Pulumi providers. The AWS one is the version that this SST includes, so that only one copy of its types is installed. */
export const PROVIDERS = { aws: "7.34.0", "@upstash/pulumi": "0.5.0" } as const;

/** SST's default does not support Next 16.4. `package.json` has the same version, for the tests. */
export const OPEN_NEXT_VERSION = "4.1.12";

/** Prometheus and Grafana, on AWS and in `compose.yaml`; a test compares them. */
export const MONITORING_IMAGES = {
  prometheus: "prom/prometheus:v3.5.0",
  grafana: "grafana/grafana:12.1.0",
} as const;

/**
 * LiveKit. `release` runs wherever its image or official build is available. `buildable` is the newest version that `go install` can
 * build from the Go module proxy (later ones replace three modules with forks that the proxy does not have); offline machines and
 * their tests use it.
 *
 * The image, `compose.yaml`, the CI cache and the docs name the release; a test compares them.
 */
export const LIVEKIT = { release: "1.13.11", buildable: "1.13.5" } as const;
