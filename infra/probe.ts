/** In milliseconds. A site that takes longer is of no use to a waiting participant. */
const TIMEOUT_MS = 2_000;

type Finding = { site: string; status: number; tookMs: number };

/** Sends one request to a site. @returns status 0 if there was no answer. */
async function look(site: string, url: string): Promise<Finding> {
  const startedAt = performance.now();
  const status = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    },
    () => 0,
  );
  return { site, status, tookMs: Math.round(performance.now() - startedAt) };
}

type Place = { from: string; stage: string; nowMs: number };

/** A log line that CloudWatch turns into metrics (its "embedded metric format"), without an API call. */
function line(
  { from, stage, nowMs }: Place,
  dimensions: Record<string, string>,
  metrics: Record<string, [value: number, unit: string]>,
  facts: Record<string, unknown> = {},
): string {
  const Dimensions = [["Stage", "From", ...Object.keys(dimensions)]];
  const Metrics = Object.entries(metrics).map(([Name, [, Unit]]) => ({ Name, Unit }));
  const values = Object.fromEntries(Object.entries(metrics).map(([name, [value]]) => [name, value]));
  const _aws = { Timestamp: nowMs, CloudWatchMetrics: [{ Namespace: "Veet", Dimensions, Metrics }] };
  return JSON.stringify({ _aws, Stage: stage, From: from, ...dimensions, ...facts, ...values });
}

function siteLine(place: Place, { site, status, tookMs }: Finding): string {
  const metrics = {
    SiteUnreachable: [status === 200 ? 0 : 1, "Count"] as [number, string],
    SiteAnswer: [tookMs, "Milliseconds"] as [number, string],
  };
  return line(place, { Site: site }, metrics, { Status: status });
}

function appLine(place: Place, finding: AppFinding): string {
  const metrics = {
    StateUnavailable: [finding === "without-state" ? 1 : 0, "Count"] as [number, string],
    AppUnreachable: [finding === "broken" ? 1 : 0, "Count"] as [number, string],
  };
  return line(place, {}, metrics, { App: finding });
}

/** In milliseconds. The app's checks take longer: its function may have a cold start. */
const APP_TIMEOUT_MS = 10_000;

type AppFinding = "fine" | "without-state" | "broken";

/** Asks the app to check the sites and save the results for its pages. The answer says whether users can join at all. */
async function wakeApp(url: string, secret: string): Promise<AppFinding> {
  const headers = { "x-veet-probe-secret": secret };
  try {
    const answer = await fetch(url, { method: "POST", headers, signal: AbortSignal.timeout(APP_TIMEOUT_MS) });
    const text = await answer.text();
    if (answer.ok) return "fine";
    // The code in lib/errors.ts for a Redis that does not answer or refuses commands.
    return answer.status === 503 && text.includes('"unavailable"') ? "without-state" : "broken";
  } catch {
    return "broken";
  }
}

const NAMES = ["PROBE_SITES", "PROBE_FROM", "PROBE_STAGE", "PROBE_APP", "PROBE_SECRET"] as const;

/** @throws Error that lists every missing variable: a probe without one would report success about nothing. */
function readProbeEnv(source: Record<string, string | undefined>): Record<(typeof NAMES)[number], string> {
  const missing = NAMES.filter((name) => !source[name]);
  if (missing.length > 0) throw new Error(`The probe's environment is not complete: ${missing.join(", ")}`);
  return source as Record<(typeof NAMES)[number], string>;
}

/** The scheduled function. It needs only its environment, and no permissions. */
export async function handler(): Promise<void> {
  const { PROBE_SITES, PROBE_FROM, PROBE_STAGE, PROBE_APP, PROBE_SECRET } = readProbeEnv(process.env);
  const sites: Record<string, string> = JSON.parse(PROBE_SITES);
  const woken = wakeApp(PROBE_APP, PROBE_SECRET);
  const findings = await Promise.all(Object.entries(sites).map(([site, url]) => look(site, url)));
  const place = { from: PROBE_FROM, stage: PROBE_STAGE, nowMs: Date.now() };
  for (const finding of findings) process.stdout.write(`${siteLine(place, finding)}\n`);
  process.stdout.write(`${appLine(place, await woken)}\n`);
}
