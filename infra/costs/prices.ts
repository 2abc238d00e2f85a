/**
 * What AWS and Upstash ask, on demand and without discounts, in US dollars for us-east-1.
 *
 * Gathered from public lists and from memory, not from a live price page: `source` says which. Check the three that
 * matter most before a budget hangs on them: egress, the media node, the load balancers.
 */
export const PRICES_AS_OF = "2026-11-22";

export type Price = { usd: number; per: string; source: string };

export const PRICES = {
  c7gXlarge: { usd: 0.145, per: "hour", source: "a sixteenth of c7g.16xlarge at 2.32 in AWS's public list" },
  t4gSmall: { usd: 0.0168, per: "hour", source: "AWS's public list, from memory" },
  volumeGb: { usd: 0.08 / 730, per: "GB and hour", source: "gp3, AWS's public list, from memory" },
  balancer: { usd: 0.0225, per: "hour", source: "ALB and NLB alike, as SST's source notes it" },
  balancerUnit: { usd: 0.008, per: "LCU and hour", source: "ALB, as SST's source notes it; NLB asks 0.006" },
  publicAddress: { usd: 0.005, per: "hour", source: "AWS's public list" },
  valkeySmall: { usd: 0.0256, per: "hour", source: "cache.t4g.small: twice cache.t4g.micro" },
  valkeyMicro: { usd: 0.0128, per: "hour", source: "cache.t4g.micro, as SST's source notes it" },
  secret: { usd: 0.4 / 730, per: "hour", source: "Secrets Manager, AWS's public list, from memory" },
  healthCheck: { usd: 2 / 730, per: "hour", source: "Route 53, HTTPS every 30 s, AWS's public list, from memory" },
  alarm: { usd: 0.1 / 730, per: "hour", source: "CloudWatch, AWS's public list, from memory" },
  firewall: { usd: 6 / 730, per: "hour", source: "WAF: one list and one rule, AWS's public list, from memory" },
  webFirewall: {
    usd: 9 / 730,
    per: "hour",
    source: "WAF: one list and four rules, AWS's public list, from memory; each million requests 0.60 more",
  },
  probe: { usd: 0.0003, per: "hour", source: "60 invocations of 128 MB for about a second, and their log" },
  web: {
    usd: 0.01,
    per: "hour",
    source: "CloudFront, Lambda, zone and Upstash at low traffic: about 7 dollars a month",
  },
  egressGb: {
    usd: 0.09,
    per: "GB",
    source: "first 10 TB to the internet, AWS's public list; the first 100 GB are free",
  },
} as const satisfies Record<string, Price>;
