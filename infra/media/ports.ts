/** Ports of a media node. Only `turnUdp` and the media ports are open to the internet. */
export const PORTS = {
  /** LiveKit's signalling and API. Browsers reach it through the gatekeeper, the app through the load balancer. */
  signal: 7880,
  /** Media over TCP, for networks without UDP. */
  mediaTcp: 7881,
  /** Media over UDP: LiveKit opens one socket per core, at most four, and shares each among all participants. */
  mediaUdpFirst: 7882,
  mediaUdpLast: 7885,
  gatekeeper: 7889,
  turnUdp: 3478,
  /** TURN behind the network load balancer, which terminates TLS. */
  turnTcp: 5349,
  /** LiveKit's metrics. Its gatekeeper reads them and passes them on. */
  metrics: 6789,
  /** The gatekeeper's metrics and, at /livekit, LiveKit's. */
  gatekeeperMetrics: 6790,
  valkey: 6379,
} as const;
