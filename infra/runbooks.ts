/** Every alarm, by the heading of its runbook in docs/operations-aws.md, with a one-sentence description. */
export const RUNBOOKS = {
  "too-few-doors": "Fewer gatekeepers answer than there should be.",
  "too-few-nodes": "Fewer LiveKit servers answer than there should be.",
  "nodes-busy": "Media nodes spend more than 70 % of their processors for a quarter of an hour.",
  "memory-full": "LiveKit and gatekeeper of a node use more than 70 % of the memory they may have.",
  "clocks-apart": "Clocks of app, media node and Redis differ by more than 30 s.",
  "network-full": "Media nodes send more than 70 % of what their network card sustains.",
  "valkey-strained": "LiveKit's directory uses more than 70 % of its memory or processor.",
  "signalling-errors": "The load balancer itself answers with errors.",
  "certificate-ends": "A certificate ends within three weeks and was not renewed.",
  "site-unreachable": "A site does not answer, or answers 406, seen from outside.",
  "probe-fails": "The app's regions cannot reach a media site.",
  "state-unavailable": "The app's Redis does not answer, or refuses since its budget is used up: no one can enter.",
  "app-unreachable": "The app does not answer as it should.",
  "app-errors": "The app's functions fail.",
  "app-throttled": "The account's limit of concurrent functions is reached.",
  "signalling-limited": "The firewall before signalling counts or blocks one address that comes often.",
  "nodes-old": "A media node has run for more than 35 days without the patches since then.",
  "requests-blocked": "The firewall before the app turns many requests away.",
} as const;
export type Runbook = keyof typeof RUNBOOKS;
