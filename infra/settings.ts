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
};

/** @throws Error that lists every missing or wrong setting. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const missing = ["VEET_DOMAIN", "VEET_ZONE", "VEET_ALARM_EMAIL"].filter((name) => !source[name]);
  const [domain = "", zone = "", alarmEmail = ""] = [source.VEET_DOMAIN, source.VEET_ZONE, source.VEET_ALARM_EMAIL];
  const monthlyBudgetUsd = Number(source.VEET_MONTHLY_BUDGET_USD ?? 1_000);
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    ...(missing.length === 0 && domain !== zone && !domain.endsWith(`.${zone}`)
      ? [`VEET_DOMAIN must lie in VEET_ZONE (${zone})`]
      : []),
    ...(monthlyBudgetUsd > 0 ? [] : ["VEET_MONTHLY_BUDGET_USD must be a number above zero"]),
  ];
  if (wrong.length > 0) throw new Error(`The deployment cannot start:\n  ${wrong.join("\n  ")}`);
  return { domain, zone, alarmEmail, monthlyBudgetUsd };
}
