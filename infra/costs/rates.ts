/**
 * Commands that Redis is asked for: an EVALSHA is one command, whatever the script does. The rates are those that the tests of H50, H52
 * and H54 prove; `npm run bench -- cost` counts them at Redis itself, in browsers.
 */
export const COMMANDS = {
  /** An idle gatekeeper: its report. */
  perNodeAndMinute: 1,
  /** One prober that has the app look at one site. */
  perLookAndMinute: 2,
  /**
   * A call of three on one leg beside the report of its node: two heartbeats of each, one of which is signed in (8), and the sweep of
   * that leg every 15 s (4).
   */
  perMeetingAndMinute: 12,
  /** The sweep of one more leg; a meeting has a standby. */
  perStandbyAndMinute: 4,
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
