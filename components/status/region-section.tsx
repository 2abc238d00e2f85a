import { useTranslations } from "next-intl";
import type { RegionStatus, SiteStatus } from "#lib/health/health-schema.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { percent } from "./status-text.ts";
import type { Operator } from "./use-operator.ts";

type RegionSectionProps = {
  region: RegionStatus;
  /** Not the only site. */
  canDrain: boolean;
  operator: Pick<Operator, "ask">;
};

/** A region and each of its sites. */
export function RegionSection({ region, canDrain, operator }: RegionSectionProps) {
  const t = useTranslations();
  const id = `region-${region.region}`;
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center gap-3">
        <h2 id={id} className="text-lg font-semibold">
          {t("status.region", { region: region.region })}
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
  const t = useTranslations();
  const { look } = site;
  const isKnown = look?.isListed === true;
  const figures: [string, string][] = [
    [t("status.nodes"), String(site.nodes)],
    [t("status.load"), percent(site.load)],
    [t("status.rooms"), isKnown ? String(look.rooms) : "–"],
    [t("status.people"), isKnown ? String(look.participants) : "–"],
    [t("status.publishing"), isKnown ? String(look.publishers) : "–"],
    [t("status.answeredIn"), look ? t("status.ms", { ms: look.tookMs }) : "–"],
  ];
  return (
    <li className="flex flex-col gap-3 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{site.site}</h3>
        <HealthBadge health={site.health} />
        {site.isDrained && <Badge>{t("status.draining")}</Badge>}
        {canDrain && (
          <Button
            size="small"
            className="ml-auto"
            aria-label={t(site.isDrained ? "status.undrainSite" : "status.drainSite", { site: site.site })}
            onClick={() => operator.ask({ action: site.isDrained ? "undrain" : "drain", site: site.site })}
          >
            {t(site.isDrained ? "status.undrain" : "status.drain")}
          </Button>
        )}
      </div>
      {site.trouble && <p className="text-ink-soft">{t(`status.trouble.${site.trouble}`)}</p>}
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
