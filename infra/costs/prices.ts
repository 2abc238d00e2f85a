/**
 * AWS and Upstash list prices: on demand, without discounts, in US dollars for us-east-1.
 *
 * None was read from a live price page: `source` says where the figure was read and `asOf` when. Without a dated source there is no
 * `asOf`, and `source` says that the figure is undated, from memory or an estimate.
 */
export const PRICES_AS_OF = "2026-11-27";

export type Price = { usd: number; per: string; source: string; asOf?: string };

const HOURS_A_MONTH = 730;
const monthly = (usd: number) => usd / HOURS_A_MONTH;

export const PRICES = {
  c7gXlarge: { usd: 0.145, per: "hour", source: "AWS's Pricing API, as a public project read it", asOf: "2026-09-29" },
  t4gSmall: { usd: 0.0168, per: "hour", source: "AWS's Pricing API, as a public project read it", asOf: "2026-09-29" },
  volumeGb: {
    usd: monthly(0.08),
    per: "GB and hour",
    source: "gp3, 0.08 a month: AWS's Pricing API, as a public project read it",
    asOf: "2026-09-29",
  },
  balancer: {
    usd: 0.0225,
    per: "hour",
    source: "ALB and NLB: awsnegotiations.com/elastic-load-balancer-cost",
    asOf: "2026-05",
  },
  applicationUnit: {
    usd: 0.008,
    per: "LCU and hour",
    source: "ALB: awsnegotiations.com, the same page",
    asOf: "2026-05",
  },
  networkUnit: { usd: 0.006, per: "NLCU and hour", source: "NLB: awsnegotiations.com, the same page", asOf: "2026-05" },
  publicAddress: {
    usd: 0.005,
    per: "hour",
    source: "AWS's price list (PublicIPv4:InUseAddress), as several public projects quote it, undated",
  },
  valkeySmall: {
    usd: 0.0256,
    per: "hour",
    source: "cache.t4g.small: 0.8 of Redis's 0.032 in AWS's Price List API, as a public project read it",
    asOf: "2026-10-02",
  },
  valkeyMicro: {
    usd: 0.0128,
    per: "hour",
    source: "cache.t4g.micro: 0.8 of Redis's 0.016 in AWS's Price List API, as a public project read it",
    asOf: "2026-10-02",
  },
  secret: {
    usd: monthly(0.4),
    per: "hour",
    source: "0.40 a month: AWS's Price List API, as a public project quotes it, undated",
  },
  healthCheck: {
    usd: monthly(1.5),
    per: "hour",
    source: "Route 53, from memory: 0.50 a month for an address of AWS's, 1.00 for HTTPS",
  },
  alarm: { usd: monthly(0.1), per: "hour", source: "CloudWatch, from memory: 0.10 a month; the first ten are free" },
  metric: {
    usd: monthly(0.3),
    per: "hour",
    source: "CloudWatch, from memory: 0.30 a month for a metric that AWS does not give away",
  },
  logGb: { usd: 0.5, per: "GB", source: "CloudWatch, from memory: taken in" },
  fargateCpu: {
    usd: 0.03238,
    per: "vCPU and hour",
    source: "Fargate on arm64: vantage.sh/blog/fargate-pricing, undated",
  },
  fargateGb: {
    usd: 0.00356,
    per: "GB and hour",
    source: "Fargate on arm64: the same page, undated",
  },
  firewall: {
    usd: monthly(7),
    per: "hour",
    source: "WAF: a list 5, two rules 1 each: awsnegotiations.com/waf-pricing-strategy",
    asOf: "2026",
  },
  webFirewall: {
    usd: monthly(9),
    per: "hour",
    source: "WAF: a list 5, four rules 1 each: the same page",
    asOf: "2026",
  },
  probe: { usd: 0.0003, per: "hour", source: "an estimate: 60 calls of 128 MB for about a second, and their log" },
  web: {
    usd: monthly(5),
    per: "hour",
    source: "an estimate: the zone 0.50 a month, CloudFront and Lambda at low traffic",
  },
  egressGb: {
    usd: 0.09,
    per: "GB",
    source: "first 10 TB; the first 100 GB are free: usage.ai/blogs/aws/networking-cost/data-transfer-costs",
    asOf: "2026-06-02",
  },
  commands: {
    usd: 0.2,
    per: "100,000",
    source: "Upstash, pay as you go: its price page, as docs.flexprice.io shows it",
    asOf: "2026-11-09",
  },
  requestFirewall: {
    usd: 0.6,
    per: "1,000,000",
    source: "WAF: awsnegotiations.com/waf-pricing-strategy",
    asOf: "2026",
  },
  requestEdge: { usd: 0.92, per: "1,000,000", source: "Lambda@Edge, from memory: 0.60, and 50 ms of 128 MB" },
  requestCdn: { usd: 1, per: "1,000,000", source: "CloudFront, from memory: HTTPS" },
  requestFunction: { usd: 1.53, per: "1,000,000", source: "Lambda on arm64, from memory: 0.20, and 100 ms of 1 GB" },
} as const satisfies Record<string, Price>;
