import type { KeyPair } from "#infra/keys.ts";
import { cidrOf } from "#infra/names.ts";
import type { Region } from "#infra/regions.ts";
import type { MediaSize } from "#infra/stage.ts";
import { SIGNAL_MESSAGE_BYTES } from "./livekit-limits.ts";
import { PORTS } from "./ports.ts";

export type LiveKitPlan = {
  region: Region;
  size: MediaSize;
  redis: { host: string; password: string };
  /** All accepted keys; the first one signs webhooks. Two during a rotation. */
  keys: readonly [KeyPair, ...KeyPair[]];
  turnDomain: string;
  webhookUrl: string;
};

/** LiveKit's recommendation, until we have load-tested it. */
const TRACKS_PER_VCPU = 400;
/** Share of the network card's baseline. Above it, LiveKit refuses joins to rooms on the node. */
const BYTES_LIMIT_SHARE = 0.85;

/**
 * The configuration of a site's LiveKit servers, as JSON, which is valid YAML. LiveKit refuses to start with an unknown name; a
 * test starts it with this.
 */
export function livekitConfig({ region, size, redis, keys, turnDomain, webhookUrl }: LiveKitPlan): string {
  const config = {
    port: PORTS.signal,
    region: region.code,
    rtc: {
      tcp_port: PORTS.mediaTcp,
      udp_port: `${PORTS.mediaUdpFirst}-${PORTS.mediaUdpLast}`,
      // Asking a STUN server would make startup depend on Google; user data asks the instance metadata instead.
      use_external_ip: false,
      // Excludes docker0 and the metadata service's network.
      ips: { includes: [cidrOf(region)] },
      congestion_control: { enabled: true, allow_pause: true },
      allow_tcp_fallback: true,
    },
    redis: { address: `${redis.host}:${PORTS.valkey}`, username: "default", password: redis.password, use_tls: true },
    keys: Object.fromEntries(keys.map(({ apiKey, apiSecret }) => [apiKey, apiSecret])),
    room: { auto_create: false, enable_remote_unmute: false, empty_timeout: 300, departure_timeout: 60 },
    // Load figures are up to two seconds old: picking the lowest would send a burst of rooms to one node.
    node_selector: { kind: "cpuload", cpu_load_limit: 0.7, sort_by: "bytespersec", algorithm: "twochoice" },
    limit: {
      num_tracks: size.vcpus * TRACKS_PER_VCPU,
      bytes_per_sec: Math.round(size.baselineBytesPerSecond * BYTES_LIMIT_SHARE),
      max_metadata_size: 8192,
      max_attributes_size: 8192,
      max_room_name_length: 64,
      max_participant_identity_length: 64,
      max_participant_name_length: 64,
      signal_message_size_limit: SIGNAL_MESSAGE_BYTES,
    },
    turn: {
      enabled: true,
      domain: turnDomain,
      tls_port: PORTS.turnTcp,
      external_tls: true,
      udp_port: PORTS.turnUdp,
      relay_range_start: 30_000,
      relay_range_end: 40_000,
    },
    webhook: { api_key: keys[0].apiKey, urls: [webhookUrl] },
    prometheus: { port: PORTS.metrics },
    // The sweep calls the API every two seconds per room and would fill the log.
    logging: { level: "info", json: true, component_levels: { api: "warn" } },
  };
  return JSON.stringify(config);
}
