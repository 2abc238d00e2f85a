import type * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import { createCertificate, createHealthCheck, pointTo } from "#infra/dns.ts";
import type { Images } from "#infra/images.ts";
import type { KeyPair } from "#infra/keys.ts";
import type { Names } from "#infra/names.ts";
import type { Network } from "#infra/network.ts";
import { type Site, sitesOf } from "#infra/regions.ts";
import type { FirewallMode } from "#infra/settings.ts";
import type { Stage } from "#infra/stage.ts";
import type { State } from "#infra/state.ts";
import { alarmer, createTopic, watchRegion } from "./alarms.ts";
import { createFirewall, watchFirewall } from "./firewall.ts";
import { createLoadBalancers } from "./load-balancers.ts";
import { type MetricsSource, createSecurityGroups } from "./security-groups.ts";
import { createSite } from "./site.ts";
import { createSubnetGroup } from "./valkey.ts";

export type RegionPlan = {
  stage: Stage;
  names: Names;
  network: Network;
  metrics: MetricsSource;
  zoneId: Output<string>;
  keys: Output<[KeyPair, ...KeyPair[]]>;
  state: State;
  images: Images;
  alarmEmail: string;
  firewall: FirewallMode;
};
export type MediaRegion = {
  sites: { site: Site; healthCheck: aws.route53.HealthCheck }[];
  topic: aws.sns.Topic;
  alarm: ReturnType<typeof alarmer>;
};

/** Everything that carries media in one region. */
export function createMediaRegion(plan: RegionPlan): MediaRegion {
  const { stage, names, network, zoneId, keys, state, images } = plan;
  const { region, provider } = network;
  const sites = sitesOf(region, stage.zones);
  const topic = createTopic(region.code, plan.alarmEmail, provider);
  const alarm = alarmer(stage, topic, provider);
  const groups = createSecurityGroups(network, plan.metrics);
  const certificateArn = createCertificate(names, region, sites, zoneId, provider);
  const balancers = createLoadBalancers(stage, network, groups, certificateArn);
  const firewall = createFirewall(stage, plan.firewall, network, balancers.signalling);
  if (firewall) watchFirewall(alarm, firewall, region);
  const subnetGroup = createSubnetGroup(network);
  const shared = { stage, names, network, groups, balancers, subnetGroup, keys, state, images, alarm };
  sites.forEach((site, order) => createSite(site, order, shared));
  watchRegion(alarm, region.code, balancers.signalling, certificateArn);

  for (const site of sites) {
    pointTo(names.site(site), balancers.signalling, zoneId);
    pointTo(names.api(site), balancers.signalling, zoneId);
  }
  pointTo(names.turn(region), balancers.turn, zoneId);
  return {
    sites: sites.map((site) => ({ site, healthCheck: createHealthCheck(site, names.api(site)) })),
    topic,
    alarm,
  };
}
