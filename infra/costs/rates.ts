/**
 * Commands that Redis is asked for, counted by Redis itself (commandstats) on 27 November 2026 in the set-up of compose.yaml: an EVALSHA
 * is one command, whatever the script does.
 */
export const COMMANDS = {
  /** An idle gatekeeper: its beat, every 15 s. */
  perNodeAndMinute: 4,
  /** One prober that has the app look at one site. */
  perLookAndMinute: 2,
  /** A call of three on one leg, the sweep of that leg included. */
  perMeetingAndMinute: 93,
  /** The sweep of one more leg; a meeting has a standby. */
  perStandbyAndMinute: 60,
} as const;

/** A line for each call of the sweep: 10.6 MB a day where no one meets, measured. */
export const IDLE_LOG_GB_PER_HOUR = 0.0106 / 24;

/** Metrics that CloudWatch charges for. */
export const METRICS = {
  /** Of Container Insights, for a cluster with one service and one task: an estimate, by AWS's list of what it collects. */
  perSite: 30,
  /** EC2's detailed monitoring. */
  perNode: 7,
  /** The age of a site's nodes, and how often their clocks were apart. */
  perSiteOfOurs: 2,
  /** What a prober says of a site, and of the app. */
  perLook: 2,
  perProber: 2,
} as const;

/** What application autoscaling and ECS's managed scaling make by themselves: two each. */
export const ALARMS_OF_SCALING = 4;
