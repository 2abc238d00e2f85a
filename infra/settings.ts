/** What only the operator knows, from the environment of the deploy command (see docs/operations-aws.md). */
export type Settings = {
  /** Where people reach the production site, e.g. meet.example.com. */
  domain: string;
  /** The Route 53 zone it lies in, e.g. example.com. */
  zone: string;
  /** Told about every alarm. */
  alarmEmail: string;
  /** A warning is sent when a month's bill is likely to pass it, in US dollars. */
  monthlyBudgetUsd: number;
  /** What Upstash may cost in a month, in US dollars. Upstash refuses commands from there on: no one can enter until the month ends. */
  stateBudgetUsd: number;
  /** What the firewalls before CloudFront and before signalling do with what they find. */
  firewall: FirewallMode;
  limits: Limits;
  /** The most that any role of the stage may do: an ARN that deploy/github-deploy-role.yaml gives. Without it, roles are bound by their policies only. */
  permissionsBoundary?: string;
};

/** What bounds the app's use; .env.example says what each means. */
export type Limits = { maxParticipants: number; maxWaiting: number; rateLimitFactor: number; hostsAllowed: string };

const FIREWALL_MODES = ["block", "count", "off"] as const;
export type FirewallMode = (typeof FIREWALL_MODES)[number];

/** Numbers with what they are unless set, and the range that is accepted. Those of the app have the range of lib/env.ts. */
/** About 5,400 hours of meetings of three: `npm run costs`. */
export const DEFAULT_STATE_BUDGET_USD = 200;
type Range = { unlessSet: number; least: number; most: number; isWhole?: true };
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
  const boundary = source.VEET_PERMISSIONS_BOUNDARY ?? "";
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    // The app would refuse to start with a public provider: that is too late, since it is serving by then.
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
