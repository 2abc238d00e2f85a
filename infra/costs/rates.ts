/**
 * Redis commands. An EVALSHA is one command, whatever the script does. The tests of H50, H52 and H54 prove these rates;
 * `npm run bench -- cost` measures them at Redis, with real browsers.
 */
export const COMMANDS = {
  /** An idle gatekeeper sends its report. */
  perNodeAndMinute: 1,
  /** One prober that asks the app to check one site. */
  perLookAndMinute: 2,
  /**
   * A three-person call on one leg, without the node's report: two heartbeats per participant, with one of the three signed in (8), and
   * the leg's sweep every 15 s (4).
   */
  perMeetingAndMinute: 12,
  /** The sweep of one additional leg; every meeting has a standby leg. */
  perStandbyAndMinute: 4,
} as const;

/** One log line per API call of the sweep: 10.6 MB a day without any meeting, measured. */
export const IDLE_LOG_GB_PER_HOUR = 0.0106 / 24;

/** Billable CloudWatch metrics. */
export const METRICS = {
  /** Container Insights for a cluster with one service and one task: an estimate from AWS's list of its metrics. */
  perSite: 30,
  /** EC2 detailed monitoring. */
  perNode: 7,
  /** The age of a site's nodes, and how often their clocks differed. */
  perSiteOfOurs: 2,
  /** A prober's results for a site, and for the app. */
  perLook: 2,
  perProber: 2,
} as const;

/** Alarms that application autoscaling and ECS managed scaling create automatically: two each. */
export const ALARMS_OF_SCALING = 4;
