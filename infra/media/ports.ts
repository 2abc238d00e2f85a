/** Where a media node listens. All but `turnUdp` and the media ports are closed to the world. */
export const PORTS = {
  /** LiveKit's signalling and API. Reached through the gatekeeper, and by the load balancer for the API. */
  signal: 7880,
  /** Media over TCP, for networks without UDP. */
  mediaTcp: 7881,
  /** Media over UDP: LiveKit opens one socket a core, at most four, and shares each among all. */
  mediaUdpFirst: 7882,
  mediaUdpLast: 7885,
  gatekeeper: 7889,
  turnUdp: 3478,
  /** TURN behind the network load balancer, which ends TLS. */
  turnTcp: 5349,
  metrics: 6789,
  valkey: 6379,
} as const;
