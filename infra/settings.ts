/** The operator's settings, from the environment of the deploy command (see docs/operations-aws.md). */
export type Settings = {
  /** The host name of the production site, e.g. meet.example.com. */
  domain: string;
  /** Its Route 53 zone, e.g. example.com. */
  zone: string;
  /** Receives every alarm. */
  alarmEmail: string;
  /** In US dollars. A warning is sent when the month's bill is forecast to exceed it. */
  monthlyBudgetUsd: number;
  /** Upstash's monthly limit in US dollars. Above it Upstash refuses commands, and no one can join until the month ends. */
  stateBudgetUsd: number;
  /** What the firewalls of CloudFront and of signalling do with matching requests. */
  firewall: FirewallMode;
  /** Whether Prometheus and Grafana run; unset: in production only. */
  monitoring?: boolean;
  limits: Limits;
  /** The upper limit of every role's rights: the ARN of the boundary in deploy/github-deploy-role.yaml. Without it, only their policies limit roles. */
  permissionsBoundary?: string;
};

/** The app's usage limits; .env.example explains each. */
export type Limits = { maxParticipants: number; maxWaiting: number; rateLimitFactor: number; hostsAllowed: string };

const FIREWALL_MODES = ["block", "count", "off"] as const;
export type FirewallMode = (typeof FIREWALL_MODES)[number];

const MONITORING = ["", "on", "off"];

/** About 52,000 hours of three-person meetings, beside what people do: `npm run costs`. */
export const DEFAULT_STATE_BUDGET_USD = 200;
type Range = { unlessSet: number; least: number; most: number; isWhole?: true };
/** Numbers with their defaults and accepted ranges. Those of the app have the ranges of lib/env.ts. */
const NUMBERS = {
  VEET_MONTHLY_BUDGET_USD: { unlessSet: 1_000, least: 1, most: 1_000_000 },
  VEET_STATE_BUDGET_USD: { unlessSet: DEFAULT_STATE_BUDGET_USD, least: 20, most: 100_000 },
  VEET_MAX_PARTICIPANTS: { unlessSet: 100, least: 2, most: 1_000, isWhole: true },
  VEET_MAX_WAITING: { unlessSet: 100, least: 1, most: 1_000, isWhole: true },
  VEET_RATE_LIMIT_FACTOR: { unlessSet: 1, least: 0.1, most: 1_000 },
} satisfies Record<string, Range>;

/** @throws Error that lists every missing or wrong setting. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const missing = ["VEET_DOMAIN", "VEET_ZONE", "VEET_ALARM_EMAIL"].filter((name) => !source[name]);
  const [domain = "", zone = "", alarmEmail = ""] = [source.VEET_DOMAIN, source.VEET_ZONE, source.VEET_ALARM_EMAIL];
  const numberOf = (name: keyof typeof NUMBERS) => Number(source[name] || NUMBERS[name].unlessSet);
  const firewall = FIREWALL_MODES.find((mode) => mode === (source.VEET_FIREWALL || "block"));
  const monitoring = source.VEET_MONITORING ?? "";
  const boundary = source.VEET_PERMISSIONS_BOUNDARY ?? "";
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    // With a public provider the app would refuse to start, but only after the deployment.
    ...(source.VEET_HOSTS_ALLOWED
      ? []
      : ["VEET_HOSTS_ALLOWED is missing: list who may host, or set * for everyone who can sign in"]),
    ...(missing.length === 0 && domain !== zone && !domain.endsWith(`.${zone}`)
      ? [`VEET_DOMAIN must lie in VEET_ZONE (${zone})`]
      : []),
    ...wrongNumbers(numberOf),
    ...(boundary === "" || /^arn:aws:iam::\d{12}:policy\/\S+$/.test(boundary)
      ? []
      : ["VEET_PERMISSIONS_BOUNDARY must be the ARN of a policy"]),
    ...(MONITORING.includes(monitoring) ? [] : ["VEET_MONITORING must be on or off, or left out"]),
    ...(firewall ? [] : [`VEET_FIREWALL must be one of ${FIREWALL_MODES.join(", ")}`]),
  ];
  if (wrong.length > 0 || !firewall) throw new Error(`The deployment cannot start:\n  ${wrong.join("\n  ")}`);
  return {
    domain,
    zone,
    alarmEmail,
    monthlyBudgetUsd: numberOf("VEET_MONTHLY_BUDGET_USD"),
    stateBudgetUsd: numberOf("VEET_STATE_BUDGET_USD"),
    firewall,
    ...(monitoring && { monitoring: monitoring === "on" }),
    limits: {
      hostsAllowed: source.VEET_HOSTS_ALLOWED ?? "",
      maxParticipants: numberOf("VEET_MAX_PARTICIPANTS"),
      maxWaiting: numberOf("VEET_MAX_WAITING"),
      rateLimitFactor: numberOf("VEET_RATE_LIMIT_FACTOR"),
    },
    ...(boundary && { permissionsBoundary: boundary }),
  };
}

function wrongNumbers(numberOf: (name: keyof typeof NUMBERS) => number): string[] {
  return (Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).flatMap((name) => {
    const { least, most, isWhole }: Range = NUMBERS[name];
    const number = numberOf(name);
    const isFine = number >= least && number <= most && (!isWhole || Number.isInteger(number));
    return isFine ? [] : [`${name} must be a ${isWhole ? "whole " : ""}number from ${least} to ${most}`];
  });
}
