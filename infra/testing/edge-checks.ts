import { GATEKEEPER_VARIABLES } from "../../gatekeeper/env.ts";
import { VARIABLE_NAMES } from "#lib/env.ts";
import { type MediaSite, readMediaSites, writeMediaSites } from "#lib/media-sites.ts";
import { RUNBOOKS } from "#infra/runbooks.ts";
import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import { all, containersOf, failing, mediaTasks, one, sitesIn, webOf } from "./look.ts";

const webInputs = (graph: Graph) => webOf(graph).inputs;
const mediaSites = (graph: Graph): MediaSite[] => readMediaSites(webInputs(graph).environment.MEDIA_SITES ?? "");
/** The statements of a policy as the mocks return it. */
const statementsOf = (policy: string) =>
  (
    JSON.parse(policy) as {
      Statement: { sid?: string; actions: string[]; notActions?: string[]; resources: string[] }[];
    }
  ).Statement;

export const EDGE_CHECKS: Check[] = [
  {
    says: "[D12] no role has a wildcard action or a managed policy",
    find: (graph) => [
      ...failing(all(graph, "RolePolicy"), ({ inputs }) =>
        statementsOf(inputs.policy).every(
          ({ actions, notActions }) => !notActions && actions.every((action) => !action.includes("*")),
        ),
      ),
      ...failing(all(graph, "iam/role:Role"), ({ inputs }) => (inputs.managedPolicyArns ?? []).length === 0),
      ...failing(all(graph, "RolePolicyAttachment"), () => false),
    ],
    plant: [
      (graph) => {
        const policy = one(graph, "RolePolicy", "Start-use1a");
        policy.inputs.policy = policy.inputs.policy.replace("secretsmanager:GetSecretValue", "secretsmanager:*");
      },
      (graph) =>
        void graph.push({ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: "Admin", inputs: {} }),
    ],
  },
  {
    says: "[D12] containers of media nodes have no rights, and a site's execution role can read only its own secret",
    find: (graph) => [
      ...failing(all(graph, "RolePolicy"), ({ inputs }) => !inputs.role.startsWith("Task-")),
      ...failing(
        all(graph, "RolePolicy").filter(({ name }) => name.startsWith("Start-")),
        ({ name, inputs }) => {
          const secret = statementsOf(inputs.policy).find(({ sid }) => sid === "Secret");
          const [resource = "", another] = secret?.resources ?? [];
          return another === undefined && resource.endsWith(`Media-${name.slice(6)}`);
        },
      ),
    ],
    plant: [
      (graph) => void (one(graph, "RolePolicy", "Node-use1a").inputs.role = "Task-use1a"),
      (graph) => {
        const policy = one(graph, "RolePolicy", "Start-use1a");
        policy.inputs.policy = policy.inputs.policy.replace("Media-use1a", "Media-use1b");
      },
    ],
  },
  {
    says: "[D36] every role has the boundary, and a name by which the deploy role recognises its stage",
    find: (graph) =>
      failing(
        all(graph, "iam/role:Role"),
        ({ inputs }) =>
          inputs.permissionsBoundary?.endsWith("-boundary") === true &&
          inputs.namePrefix.startsWith("veet-production-"),
      ),
    plant: [
      (graph) => void delete one(graph, "iam/role:Role", "Task-use1a").inputs.permissionsBoundary,
      (graph) => void (one(graph, "iam/role:Role", "Node-euw1b").inputs.namePrefix = "Node-"),
    ],
  },
  {
    says: "[D15] every host name points to its load balancer and is in the region's certificate",
    find: (graph) => {
      const hosts = mediaSites(graph).flatMap(({ url, apiUrl, region }) =>
        [url, apiUrl].map((address) => ({ host: new URL(address).hostname, region })),
      );
      return hosts
        .filter(({ host, region }) => {
          const record = all(graph, "Record").find(({ name }) => name === `Host-${host}`);
          const { subjectAlternativeNames, domainName } = one(graph, "Certificate", `Certificate-${region}`).inputs;
          const leads = record?.inputs.aliases[0]?.name === `Signalling-${region}.elb.example`;
          return !leads || ![domainName, ...subjectAlternativeNames].includes(host);
        })
        .map(({ host }) => host);
    },
    plant: [
      (graph) => void graph.splice(graph.indexOf(one(graph, "Record", "Host-euw1b.rtc.meet.example.com")), 1),
      (graph) => void (one(graph, "Certificate", "Certificate-use1").inputs.subjectAlternativeNames = []),
    ],
  },
  {
    says: "[D16] the app runs in the media's regions and knows every site",
    find: (graph, codes) => {
      const sites = sitesIn(graph);
      const known = mediaSites(graph).map(({ site }): string => site);
      const isSame = sites.toSorted().join() === known.toSorted().join();
      return isSame && webInputs(graph).regions.length === codes.length ? [] : ["the app and the media disagree"];
    },
    plant: [
      (graph) => void webInputs(graph).regions.pop(),
      (graph) => void (webInputs(graph).environment.MEDIA_SITES = writeMediaSites(mediaSites(graph).slice(1))),
    ],
  },
  {
    says: "[D17] functions accept only CloudFront's signature, and a webhook's Authorization survives it",
    find: (graph) => {
      const { protection, edge, environment } = webInputs(graph);
      const isSigned = protection === "oac-with-edge-signing";
      const isCarried = /x-veet-authorization/.test(edge.viewerRequest.injection);
      const isOwn = edge.viewerRequest.injection.includes(
        `["${environment.CLIENT_ADDRESS_HEADER}"] = { value: event.viewer.ip }`,
      );
      return isSigned && isCarried && isOwn ? [] : ["the edge is open"];
    },
    plant: [
      (graph) => void (webInputs(graph).protection = "none"),
      (graph) => void (webInputs(graph).edge.viewerRequest.injection = ""),
      (graph) => void (webInputs(graph).environment.CLIENT_ADDRESS_HEADER = "x-forwarded-for"),
    ],
  },
  {
    says: "[D18] the app's environment has exactly the variables that the app reads",
    find: (graph) => {
      const set = new Set([...Object.keys(webInputs(graph).environment), "NODE_ENV"]);
      const read = new Set(VARIABLE_NAMES);
      return [
        ...[...read].filter((name) => !set.has(name)).map((name) => `${name} is not set`),
        ...[...set].filter((name) => !read.has(name)).map((name) => `${name} is not read`),
      ];
    },
    plant: [
      (graph) => void delete webInputs(graph).environment.MAX_WAITING,
      (graph) => void (webInputs(graph).environment.OLD_NAME = "1"),
    ],
  },
  {
    says: "[D18] a gatekeeper's container has exactly the variables that it reads",
    find: (graph) =>
      mediaTasks(graph).flatMap((task) => {
        const { environment = [], secrets = [] } = containersOf(task)[1] ?? {};
        // NODE_OPTIONS is for Node itself.
        const given = [...environment, ...secrets].map(({ name }) => name).filter((name) => name !== "NODE_OPTIONS");
        return given.toSorted().join() === GATEKEEPER_VARIABLES.toSorted().join() ? [] : [task.name];
      }),
    plant: [
      (graph) => {
        const task = one(graph, "TaskDefinition", "Task-euw1a");
        task.inputs.containerDefinitions = task.inputs.containerDefinitions.replace(
          "GATEKEEPER_SITE",
          "GATEKEEPER_PLACE",
        );
      },
    ],
  },
  {
    says: "[D18] a site's secret contains every value that its containers need",
    find: (graph) =>
      mediaTasks(graph).flatMap((task) => {
        const site = task.name.replace("Task-", "");
        const held = JSON.parse(one(graph, "SecretVersion", `Media-${site}`).inputs.secretString);
        const asked = containersOf(task).flatMap(({ secrets = [] }) => secrets.map(({ name }) => name));
        return asked.filter((name) => !(name in held)).map((name) => `${site} ${name}`);
      }),
    plant: [
      (graph) => {
        const version = one(graph, "SecretVersion", "Media-use1a");
        version.inputs.secretString = version.inputs.secretString.replace("LIVEKIT_CONFIG", "LIVEKIT");
      },
    ],
  },
  {
    says: "[D19] every alarm mails the operator when it starts and ends, and names an existing runbook",
    find: (graph) =>
      failing(
        all(graph, "MetricAlarm").filter(({ name }) => !name.startsWith("Scale")),
        ({ inputs }) => {
          const runbook = /operations-aws\.md#([a-z-]+)$/.exec(inputs.alarmDescription)?.[1] ?? "";
          return runbook in RUNBOOKS && inputs.alarmActions.length === 1 && inputs.okActions.length === 1;
        },
      ),
    plant: [
      (graph) => void (one(graph, "MetricAlarm", "Alarm-nodes-busy-use1a").inputs.alarmActions = []),
      (graph) => void (one(graph, "MetricAlarm", "Alarm-nodes-busy-use1a").inputs.alarmDescription = "Oh."),
    ],
  },
  {
    says: "[D19] every site is monitored from outside, from every region, and at its load balancer",
    find: (graph, codes) =>
      mediaSites(graph)
        .flatMap(({ site }) => [
          `Alarm-site-unreachable-${site}`,
          `Alarm-too-few-doors-${site}`,
          `Alarm-too-few-nodes-${site}`,
          ...codes.map((code) => `Alarm-probe-fails-${site}-from-${code}`),
        ])
        .filter((name) => !all(graph, "MetricAlarm").some((alarm) => alarm.name === name)),
    plant: [
      (graph) => void graph.splice(graph.indexOf(one(graph, "MetricAlarm", "Alarm-probe-fails-euw1a-from-use1")), 1),
    ],
  },
  {
    says: "[O5] every prober asks the app to check the sites, with the app's secret",
    find: (graph) => {
      const { NEXTAUTH_URL, PROBE_SECRET = "" } = webInputs(graph).environment;
      return failing(all(graph, "CronV2"), ({ inputs }) => {
        const { PROBE_APP, PROBE_SECRET: shown } = inputs.job.environment;
        return PROBE_APP === `${NEXTAUTH_URL}/api/probe` && PROBE_SECRET.length >= 32 && shown === PROBE_SECRET;
      });
    },
    plant: [
      (graph) => void (one(graph, "CronV2", "Proberuse1").inputs.job.environment.PROBE_SECRET = ""),
      (graph) => void (one(graph, "CronV2", "Probereuw1").inputs.job.environment.PROBE_APP = "https://example.com/"),
    ],
  },
  {
    says: "[D21] the app's state is in every region that Upstash supports, over TLS, and evicts nothing",
    find: (graph, codes) => {
      const { readRegions, tls, eviction, region } = one(graph, "RedisDatabase", "State").inputs;
      const isFine = readRegions.length === codes.length - 1 && tls && eviction === false && region === "global";
      return isFine ? [] : ["the state"];
    },
    plant: [
      (graph) => void (one(graph, "RedisDatabase", "State").inputs.eviction = true),
      (graph) => void (one(graph, "RedisDatabase", "State").inputs.readRegions = []),
    ],
  },
];
