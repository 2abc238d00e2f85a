/** A site that has not answered by then is no use to somebody who waits, in milliseconds. */
const TIMEOUT_MS = 2_000;

type Finding = { site: string; status: number; tookMs: number };

/** Asks one site once. @returns status 0 for no answer at all. */
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

/** A line from which CloudWatch makes two metrics (its "embedded metric format"), without any call of ours. */
function asMetric({ site, status, tookMs }: Finding, from: string, stage: string, nowMs: number): string {
  const metrics = [
    { Name: "SiteUnreachable", Unit: "Count" },
    { Name: "SiteAnswer", Unit: "Milliseconds" },
  ];
  return JSON.stringify({
    _aws: {
      Timestamp: nowMs,
      CloudWatchMetrics: [{ Namespace: "Veet", Dimensions: [["Stage", "From", "Site"]], Metrics: metrics }],
    },
    Stage: stage,
    From: from,
    Site: site,
    Status: status,
    SiteUnreachable: status === 200 ? 0 : 1,
    SiteAnswer: tookMs,
  });
}

/** The app's own looks are slower: its function may have to start. */
const APP_TIMEOUT_MS = 10_000;

/** Has the app look at the sites and keep what it saw for its pages. What fails shows there, as a look that is old. */
async function wakeApp(url: string, secret: string): Promise<void> {
  const headers = { "x-veet-probe-secret": secret };
  await fetch(url, { method: "POST", headers, signal: AbortSignal.timeout(APP_TIMEOUT_MS) }).then(
    (answer) => answer.body?.cancel(),
    () => undefined,
  );
}

/** The scheduled function. It needs nothing but its environment, and no rights. */
export async function handler(): Promise<void> {
  const { PROBE_SITES = "{}", PROBE_FROM = "", PROBE_STAGE = "", PROBE_APP = "", PROBE_SECRET = "" } = process.env;
  const sites: Record<string, string> = JSON.parse(PROBE_SITES);
  const woken = wakeApp(PROBE_APP, PROBE_SECRET);
  const findings = await Promise.all(Object.entries(sites).map(([site, url]) => look(site, url)));
  for (const finding of findings) process.stdout.write(`${asMetric(finding, PROBE_FROM, PROBE_STAGE, Date.now())}\n`);
  await woken;
}
