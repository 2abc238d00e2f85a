/** Third-party programs that run beside Veet. Their images and packages contain their own licence texts. */
export const PROGRAMS = [
  { name: "LiveKit server", licence: "Apache-2.0", source: "https://github.com/livekit/livekit", use: "media" },
  {
    name: "Redis 8",
    licence: "RSALv2, SSPLv1 or AGPL-3.0, as you choose",
    source: "https://github.com/redis/redis",
    use: "state, with Docker Compose",
  },
  { name: "Valkey", licence: "BSD-3-Clause", source: "https://github.com/valkey-io/valkey", use: "instead of Redis" },
  {
    name: "Caddy",
    licence: "Apache-2.0",
    source: "https://github.com/caddyserver/caddy",
    use: "TLS, with Docker Compose",
  },
  {
    name: "Prometheus",
    licence: "Apache-2.0",
    source: "https://github.com/prometheus/prometheus",
    use: "metrics, with Docker Compose's profile `metrics` and on AWS",
  },
  {
    name: "Grafana",
    licence: "AGPL-3.0-only",
    source: "https://github.com/grafana/grafana",
    use: "boards, with Docker Compose's profile `metrics` and on AWS",
  },
  { name: "Node.js", licence: "MIT", source: "https://github.com/nodejs/node", use: "in the images" },
] as const;
