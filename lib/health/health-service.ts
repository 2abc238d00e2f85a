import "server-only";
import type { Site } from "#lib/regions/placement.ts";
import { mediaSites, readSiteStates } from "#lib/regions/site-repository.ts";
import { type Judgement, type NodeNote, type SiteLook, judgeRegion, judgeSite, livingNodes } from "./health.ts";
import { readSites } from "./health-repository.ts";
import type { RegionStatus, RegionsHealth, SiteStatus, Status } from "./health-schema.ts";
import { liveSessions } from "./live-session.ts";
import { lookAt, lookAtAll } from "./look-service.ts";
import { readOwners } from "./session-owner-repository.ts";

/** Without a schedule, a request triggers the check, at most this often, in milliseconds. */
const REFRESH_MS = 60_000;
/** More rows than this would not help a reader. */
const MAX_SESSIONS = 100;

/** Checks every site. @returns how many were not being checked already. @throws AppError `unavailable` */
export function probeSites(nowMs: number): Promise<number> {
  return lookAtAll(namesOf(mediaSites()), nowMs);
}

/**
 * Which regions take participants; public. Checks the sites first if the last check is too old. @throws AppError `unavailable`
 */
export async function readRegionsHealth(nowMs: number): Promise<RegionsHealth> {
  const all = mediaSites();
  const names = namesOf(all);
  const known = await readSites(names, nowMs);
  const old = names.filter((_, index) => nowMs - (known[index]?.look?.atMs ?? 0) > REFRESH_MS);
  const isRenewed = old.length > 0 && (await lookAtAll(old, nowMs)) > 0;
  const renewed = isRenewed ? await readSites(names, nowMs) : known;
  const judged = all.map(({ region }, index) => {
    const { look, notes } = renewed[index] ?? { look: undefined, notes: [] };
    return { region, judgement: judgeSite(look, notes, nowMs) };
  });
  return {
    regions: byRegion(judged).map(([region, some]) => ({
      region,
      health: judgeRegion(some.map(({ judgement }) => judgement)),
    })),
  };
}

/** Everything an operator sees, checked now. @throws AppError `unavailable` */
export async function readStatus(nowMs: number): Promise<Status> {
  const all = mediaSites();
  const names = namesOf(all);
  const [looks, known, { drained }] = await Promise.all([
    Promise.all(names.map((site) => lookAt(site, nowMs))),
    readSites(names, nowMs),
    readSiteStates(nowMs),
  ]);
  const described = all.map((site, index) => {
    const isDrained = drained.has(site.site);
    return describe(site, { look: looks[index]?.look, notes: known[index]?.notes ?? [], isDrained }, nowMs);
  });
  const sessions = liveSessions(looks.flatMap(({ rooms }) => rooms));
  const shown = sessions.slice(0, MAX_SESSIONS);
  const owners = await readOwners(shown.map(({ session }) => session));
  return {
    atMs: nowMs,
    regions: byRegion(described).map(([region, some]) => statusOf(region, some)),
    sessions: shown.map((one) => ({ ...one, account: owners.get(one.session) })),
    sessionCount: sessions.length,
  };
}

type Described = { region: string; judgement: Judgement; status: SiteStatus };

type Told = { look: SiteLook | undefined; notes: readonly NodeNote[]; isDrained: boolean };

function describe({ site, region }: Site, { look, notes, isDrained }: Told, nowMs: number): Described {
  const judgement = judgeSite(look, notes, nowMs);
  const nodes = livingNodes(notes, nowMs);
  const load = nodes.length > 0 ? { load: Math.max(...nodes.map((node) => node.load)) } : {};
  const { health, trouble } = judgement;
  const known = { ...(trouble && { trouble }), ...(look && { look }), ...load };
  return { region, judgement, status: { site, health, isDrained, nodes: nodes.length, ...known } };
}

function statusOf(region: string, some: readonly Described[]): RegionStatus {
  return {
    region,
    health: judgeRegion(some.map(({ judgement }) => judgement)),
    sites: some.map(({ status }) => status),
  };
}

/** In the order of the configuration. */
function byRegion<T extends { region: string }>(some: readonly T[]): [string, T[]][] {
  const regions = [...new Set(some.map(({ region }) => region))];
  return regions.map((region) => [region, some.filter((one) => one.region === region)]);
}

function namesOf(sites: readonly Site[]): string[] {
  return sites.map(({ site }) => site);
}
