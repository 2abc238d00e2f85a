import { type Digests, monitoringImages, pinnedBases } from "./base-images.ts";
import { boundRoles } from "./boundary.ts";
import { createBudget } from "./budget.ts";
import { findZone } from "./dns.ts";
import { leaveEdgeFunction } from "./edge-function.ts";
import { createImages } from "./images.ts";
import { createMediaRegion } from "./media/region.ts";
import { createMonitoringAccess, metricsSource } from "./monitoring/access.ts";
import { createMonitoring } from "./monitoring/service.ts";
import { namesOf } from "./names.ts";
import { createGlobalProvider, createNetwork, createProvider, peerWithPrimary } from "./network.ts";
import { createProber, watchProber } from "./prober.ts";
import { checkRegions } from "./region-rules.ts";
import type { Region } from "./regions.ts";
import { createKeys, createProbeSecret, createSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { stageOf } from "./stage.ts";
import { createState } from "./state.ts";
import { createWebFirewall } from "./web-firewall.ts";
import { watchWeb } from "./web-watch.ts";
import { createWeb } from "./web.ts";

/** Creates all resources of a stage. */
export function createPlatform(stageName: string, settings: Settings, table: readonly Region[], digests: Digests) {
  checkRegions(table);
  const plain = stageOf(stageName, settings.domain, table);
  const stage = { ...plain, isMonitored: settings.monitoring ?? plain.isMonitored };
  // Checked before anything is created: production is refused without digests.
  const bases = pinnedBases(stage, $cli.paths.root, digests);
  const monitors = stage.isMonitored ? monitoringImages(stage, digests) : undefined;
  const names = namesOf(stage.domain);
  boundRoles(settings.permissionsBoundary);
  leaveEdgeFunction();
  const zoneId = findZone(settings.zone);
  const secrets = createSecrets();
  const state = createState(stage, settings.stateBudgetUsd);

  const tags = { "veet:stage": stage.name };
  const networks = stage.regions.map((region) =>
    createNetwork(region, stage.media.instanceType, createProvider(region, tags)),
  );
  const [primary, ...others] = networks;
  if (!primary) throw new Error("There is no region");
  for (const other of others) peerWithPrimary(primary, other);

  const access = monitors && createMonitoringAccess(primary, networks);
  if (access) createMonitoring(stage, primary, access, monitors);

  const images = createImages(stage, networks, bases);
  const { alarmEmail, firewall: mode, limits } = settings;
  const media = networks.map((network) => {
    const keys = createKeys(network.region);
    const metrics = metricsSource(access, primary, network);
    const shared = { stage, names, network, metrics, zoneId, keys, state, images };
    return { ...createMediaRegion({ ...shared, alarmEmail, firewall: mode }), keys };
  });

  const sites = media.flatMap(({ sites: some, keys }) => some.map(({ site }) => ({ site, keys })));
  const probeSecret = createProbeSecret();
  const global = createGlobalProvider(tags);
  const firewall = createWebFirewall(stage, mode, global);
  const web = createWeb({ stage, names, sites, state, secrets, probeSecret, firewall, limits });
  networks.forEach((network, index) => {
    const alarm = media[index]?.alarm;
    const all = sites.map(({ site }) => site);
    createProber(stage, names, network, all, probeSecret);
    if (alarm) watchProber(stage, network, all, alarm);
  });
  watchWeb(stage, web, networks, media, { email: alarmEmail, firewall }, global);
  createBudget(stage, settings.monthlyBudgetUsd, alarmEmail);
  return { url: `https://${names.app}`, sites: sites.map(({ site }) => names.site(site)) };
}
