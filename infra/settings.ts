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
  /** What the firewall before CloudFront does with what it finds. */
  firewall: FirewallMode;
  /** The most that any role of the stage may do: an ARN that deploy/github-deploy-role.yaml gives. Without it, roles are bound by their policies only. */
  permissionsBoundary?: string;
};

const FIREWALL_MODES = ["block", "count", "off"] as const;
export type FirewallMode = (typeof FIREWALL_MODES)[number];

/** @throws Error that lists every missing or wrong setting. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const missing = ["VEET_DOMAIN", "VEET_ZONE", "VEET_ALARM_EMAIL"].filter((name) => !source[name]);
  const [domain = "", zone = "", alarmEmail = ""] = [source.VEET_DOMAIN, source.VEET_ZONE, source.VEET_ALARM_EMAIL];
  const monthlyBudgetUsd = Number(source.VEET_MONTHLY_BUDGET_USD || 1_000);
  const firewall = FIREWALL_MODES.find((mode) => mode === (source.VEET_FIREWALL || "block"));
  const boundary = source.VEET_PERMISSIONS_BOUNDARY ?? "";
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    ...(missing.length === 0 && domain !== zone && !domain.endsWith(`.${zone}`)
      ? [`VEET_DOMAIN must lie in VEET_ZONE (${zone})`]
      : []),
    ...(monthlyBudgetUsd > 0 ? [] : ["VEET_MONTHLY_BUDGET_USD must be a number above zero"]),
    ...(boundary === "" || /^arn:aws:iam::\d{12}:policy\/\S+$/.test(boundary)
      ? []
      : ["VEET_PERMISSIONS_BOUNDARY must be the ARN of a policy"]),
    ...(firewall ? [] : [`VEET_FIREWALL must be one of ${FIREWALL_MODES.join(", ")}`]),
  ];
  if (wrong.length > 0 || !firewall) throw new Error(`The deployment cannot start:\n  ${wrong.join("\n  ")}`);
  return { domain, zone, alarmEmail, monthlyBudgetUsd, firewall, ...(boundary && { permissionsBoundary: boundary }) };
}
