import type { RegionStatus, SiteStatus } from "#lib/health/health-schema.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { TROUBLE, percent } from "./status-text.ts";
import type { Operator } from "./use-operator.ts";

type RegionSectionProps = {
  region: RegionStatus;
  /** Not the only site. */
  canDrain: boolean;
  operator: Pick<Operator, "ask">;
};

/** A region and each of its sites. */
export function RegionSection({ region, canDrain, operator }: RegionSectionProps) {
  const id = `region-${region.region}`;
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center gap-3">
        <h2 id={id} className="text-lg font-semibold">
          Region {region.region}
        </h2>
        <HealthBadge health={region.health} />
      </div>
      <ul className="divide-y divide-line overflow-hidden rounded-surface border border-line bg-surface">
        {region.sites.map((site) => (
          <SiteRow key={site.site} site={site} canDrain={canDrain} operator={operator} />
        ))}
      </ul>
    </section>
  );
}

function SiteRow({ site, canDrain, operator }: Omit<RegionSectionProps, "region"> & { site: SiteStatus }) {
  const { look } = site;
  const isKnown = look?.isListed === true;
  const figures: [string, string][] = [
    ["Nodes", String(site.nodes)],
    ["Load", percent(site.load)],
    ["Rooms", isKnown ? String(look.rooms) : "–"],
    ["People", isKnown ? String(look.participants) : "–"],
    ["Publishing", isKnown ? String(look.publishers) : "–"],
    ["Answered in", look ? `${look.tookMs} ms` : "–"],
  ];
  return (
    <li className="flex flex-col gap-3 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{site.site}</h3>
        <HealthBadge health={site.health} />
        {site.isDrained && <Badge>Draining</Badge>}
        {canDrain && (
          <Button
            size="small"
            className="ml-auto"
            aria-label={`${site.isDrained ? "Undrain" : "Drain"} ${site.site}`}
            onClick={() => operator.ask({ action: site.isDrained ? "undrain" : "drain", site: site.site })}
          >
            {site.isDrained ? "Undrain" : "Drain"}
          </Button>
        )}
      </div>
      {site.trouble && <p className="text-ink-soft">{TROUBLE[site.trouble]}</p>}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-6">
        {figures.map(([what, figure]) => (
          <div key={what}>
            <dt className="text-sm text-ink-soft">{what}</dt>
            <dd className="font-medium tabular-nums">{figure}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
