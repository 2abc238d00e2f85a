import { PORTS } from "#infra/media/ports.ts";
import type { Region } from "#infra/regions.ts";

/** Half as often as on one server: most of it crosses regions, and the boards average over five minutes. */
const SCRAPE_INTERVAL = "30s";

/**
 * Prometheus's configuration on AWS. It finds the nodes by asking EC2 in each region, by the tags of infra/media/cluster.ts, so it also
 * finds those that autoscaling adds.
 *
 * @param endpoint - EC2's API, for tests.
 */
export function prometheusConfig(stage: string, regions: readonly Region[], rulesFile: string, endpoint?: string) {
  const nodes = {
    ec2_sd_configs: regions.map(({ awsRegion }) => ({
      region: awsRegion,
      port: PORTS.gatekeeperMetrics,
      filters: [
        { name: "tag:veet:stage", values: [stage] },
        { name: "instance-state-name", values: ["running"] },
      ],
      ...(endpoint && { endpoint }),
    })),
    relabel_configs: [
      { source_labels: ["__meta_ec2_tag_veet_region"], target_label: "region" },
      // The operator finds the machine by this, e.g. "use1a i-0123456789abcdef0".
      {
        source_labels: ["__meta_ec2_tag_Name", "__meta_ec2_instance_id"],
        regex: "veet (.+);(.+)",
        target_label: "instance",
        replacement: "$1 $2",
      },
    ],
  };
  return {
    global: { scrape_interval: SCRAPE_INTERVAL, evaluation_interval: SCRAPE_INTERVAL },
    rule_files: [rulesFile],
    scrape_configs: [
      { job_name: "gatekeeper", ...nodes },
      { job_name: "livekit", metrics_path: "/livekit", ...nodes },
    ],
  };
}
