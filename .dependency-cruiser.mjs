// Which file can import which. docs/architecture.md shows BELOW as a table; tests/architecture.test.ts proves that violations are caught.
/** The nouns that each noun can import, services included. */
export const BELOW = {
  rooms: [],
  seats: ["rooms"],
  regions: ["seats", "rooms"],
  tokens: ["regions", "seats", "rooms"],
  lobby: ["tokens", "regions", "seats", "rooms"],
  moderation: ["tokens", "regions", "seats", "rooms"],
  presence: ["lobby", "moderation", "tokens", "regions", "seats", "rooms"],
  chat: ["tokens", "regions", "seats", "rooms"],
  health: ["presence", "regions", "seats", "rooms"],
  operators: ["health", "presence", "regions", "seats", "rooms"],
};
const NOUNS = [...Object.keys(BELOW), "call"];
/** The folders of components/, lowest first. Each may use the folders before it, so there are no cycles between them. */
const SCREENS = [
  "ui",
  "texts",
  "preferences",
  "devices",
  "call-context",
  "layout",
  "share",
  "settings",
  "green-room",
  "lobby",
  "people",
  "chat",
  "meeting",
  "entry",
  "home",
  "sign-in",
  "status",
];
const TEST = "\\.test\\.tsx?$";
/** Files that run on servers only, by suffix and by place. */
const SERVER_ONLY = [
  "^lib/.+-(service|repository|scripts|guards)\\.ts$",
  "^lib/(current-request|env|log|metrics-address|metrics-registry|metrics-server|revisions|shared-env|trace|trace-otlp)\\.ts$",
  "^lib/(redis|livekit)/",
  "^lib/auth/(?!session-client|sign-in-error)",
  "^lib/http/(?!api-client|.*-schema)",
];
/** Files that a browser runs. */
const BROWSER = [
  "^components/",
  "^lib/.+-(feed|store)\\.ts$",
  "^lib/(call|browser|live)/",
  "^lib/(http/api|seats/room|lobby/entry)-client\\.ts$",
];
/** Pure rules and the shapes both ends share. */
const PURE =
  "^lib/(rooms|seats|regions|tokens|lobby|moderation|presence|chat|health|operators)/(?!.+-(service|repository|scripts|guards|feed|store|client|probe)\\.ts$)";

const forbid = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });
const notTests = (path, ...pathNot) => ({ path, pathNot: [TEST, ...pathNot] });

export default {
  forbidden: [
    forbid("no-cycles", "A cycle has no bottom to start reading from.", {}, { circular: true }),
    forbid(
      "must-resolve",
      "The import leads nowhere.",
      {},
      // What deploys gets these from SST, not from node_modules.
      { couldNotResolve: true, pathNot: "^@(pulumi/|upstash/pulumi$)" },
    ),
    forbid(
      "pulumi-in-infra",
      "Only what deploys knows Pulumi.",
      { pathNot: "^infra/" },
      { path: "^@(pulumi/|upstash/pulumi$)" },
    ),
    forbid(
      "app-knows-no-infra",
      "The images of app and gatekeeper hold nothing of infra/: a script there would not start.",
      { path: "^(app|components|lib|gatekeeper)/|^scripts/(drain|start)\\.ts$", pathNot: TEST },
      { path: "^infra/" },
    ),
    forbid(
      "base-imports-nothing",
      "lib's base (errors, ids, clock, env, log) imports nothing of ours but its own kind.",
      { path: "^lib/[^/]+\\.ts$", pathNot: TEST },
      { path: "^(lib/[^/]+/|app/|components/|infra/|gatekeeper/|scripts/|tests/)" },
    ),
    forbid(
      "plumbing-knows-no-noun",
      "http, auth, livekit, redis, live and browser serve the nouns and know none of them.",
      notTests("^lib/(http|auth|livekit|redis|live|browser)/"),
      // What a name may look like is a rule of rooms, and signing in asks for a name, too.
      { path: `^lib/(${NOUNS.join("|")})/`, pathNot: "^lib/rooms/display-name(-schema)?\\.ts$" },
    ),
    forbid(
      "plumbing-apart",
      "livekit, redis, live and browser stand alone.",
      notTests("^lib/(livekit|redis|live|browser)/"),
      {
        path: "^lib/(http|auth|livekit|redis|live|browser)/",
        pathNot: "^lib/$1/",
      },
    ),
    forbid(
      "http-asks-auth",
      "http asks auth who the user is and counts attempts in Redis; it needs no other plumbing.",
      notTests("^lib/http/"),
      { path: "^lib/(livekit|live)/" },
    ),
    forbid(
      "auth-stands-below-http",
      "auth counts attempts in Redis and, in the browser, asks through the API client.",
      notTests("^lib/auth/"),
      { path: "^lib/(livekit|live)/|^lib/http/(?!api-client)" },
    ),
    ...Object.entries(BELOW).map(([noun, below]) =>
      forbid(
        `${noun}-imports-downwards`,
        `lib/${noun} uses only the nouns below it: ${below.join(", ") || "none"}.`,
        notTests(`^lib/${noun}/`),
        { path: `^lib/(${NOUNS.filter((other) => other !== noun && !below.includes(other)).join("|")})/` },
      ),
    ),
    forbid(
      "call-stays-in-browser",
      "The call runs in the browser: of the nouns it uses rules, schemas, feeds and clients.",
      notTests("^lib/call/"),
      { path: `^lib/(${Object.keys(BELOW).join("|")})/`, pathNot: [PURE, "-(feed|client)\\.ts$"] },
    ),
    forbid(
      "rules-are-pure",
      "A rule or schema touches neither server nor browser, so that both ends and every test can use it.",
      notTests(PURE),
      { path: [...SERVER_ONLY, "^lib/http/", "^lib/.+-(feed|store|client|probe)\\.ts$"] },
    ),
    forbid(
      "redis-in-repositories",
      "Only repositories speak to Redis (and http and auth, which count attempts there).",
      notTests(
        "^(app|components|gatekeeper|lib)/",
        "-(repository|scripts)\\.ts$",
        "^lib/(redis|http|auth|testing)/",
        "^gatekeeper/",
      ),
      { path: "^lib/redis/" },
    ),
    forbid(
      "nudges-follow-events",
      "A service emits what happened; who is nudged about it is decided in one place.",
      notTests("", "^lib/seats/(event|farewell)-service\\.ts$"),
      { path: "^lib/seats/nudge-service\\.ts$" },
    ),
    forbid(
      "browser-stays-in-browser",
      "What a browser runs imports nothing that holds secrets or reaches Redis.",
      notTests(BROWSER),
      { path: SERVER_ONLY },
    ),
    ...SCREENS.map((folder, index) =>
      forbid(
        `components-${folder}-imports-downwards`,
        `components/${folder} uses only the folders below it: ${SCREENS.slice(0, index).join(", ") || "none"}.`,
        notTests(`^components/${folder}/`),
        // A folder that is not in the list counts as above all.
        { path: "^components/", pathNot: `^components/(${SCREENS.slice(0, index + 1).join("|")})/` },
      ),
    ),
    forbid(
      "components-folder-listed",
      "Every folder of components/ has its place in the list of this file.",
      { path: `^components/(?!(${SCREENS.join("|")})/)[^/]+/`, pathNot: TEST },
      {},
    ),
    forbid("ui-knows-no-product", "components/ui is free of the product.", notTests("^components/ui/"), {
      path: ["^components/(?!ui/)", "^lib/(?!live/)"],
    }),
    forbid(
      "lib-without-react",
      "lib holds no screen.",
      { path: "^lib/", pathNot: TEST },
      { path: ["^components/", "^app/", "^node_modules/(react|react-dom|@radix-ui|lucide-react|sonner)/"] },
    ),
    forbid("next-at-the-edge", "Only lib/auth and lib/http know Next.", notTests("^lib/", "^lib/(auth|http)/"), {
      path: "^node_modules/(next|next-auth)/",
    }),
    forbid("app-is-the-top", "Nothing imports app.", { pathNot: "^app/" }, { path: "^app/" }),
    forbid(
      "scripts-are-no-product",
      "Scripts and tests are no part of the product.",
      { path: "^(app|components|lib|infra|gatekeeper)/", pathNot: [TEST, "^infra/testing/"] },
      { path: "^(scripts|tests)/" },
    ),
    forbid(
      "testing-in-tests-only",
      "lib/testing sets the scene for tests, straight in Redis and past every rule.",
      notTests("^(app|components|lib|infra|gatekeeper|scripts)/", "^lib/testing/"),
      { path: "^lib/testing/" },
    ),
    forbid(
      "no-dev-packages",
      "What ships uses no development package.",
      notTests("^(app|components|lib|gatekeeper)/"),
      { dependencyTypes: ["npm-dev"] },
    ),
    forbid("infra-testing-in-tests-only", "Stand-ins for the cloud are for tests.", notTests("", "^infra/testing/"), {
      path: "^infra/testing/",
    }),
    forbid(
      "infra-alone",
      "infra meets the app through names in the environment and the table of regions only.",
      notTests("^infra/", "^infra/testing/"),
      {
        path: "^(app|components|lib|gatekeeper|scripts|tests)/",
        pathNot: "^lib/regions/region-table\\.ts$",
      },
    ),
    forbid(
      "gatekeeper-shares-rules",
      "The gatekeeper asks who is present and acts on it through LiveKit; of the rest it uses lib's base.",
      notTests("^gatekeeper/"),
      {
        path: "^(app|components|infra|scripts|tests)/|^lib/(?!(presence|health|moderation|livekit|tokens|rooms|redis|seats|regions|testing)/|[^/]+\\.ts$)",
      },
    ),
    forbid(
      "gatekeeper-reads-own-environment",
      "lib/env.ts asks for the secrets of the web app, which a gatekeeper does not have.",
      { path: "^gatekeeper/main\\.ts$|^scripts/drain\\.ts$" },
      { path: "^lib/env\\.ts$", reachable: true },
    ),
    forbid(
      "stories-are-black-box",
      "End-to-end tests know the product as its users do.",
      { path: "^tests/e2e/" },
      { path: "^(app|components|lib|infra|gatekeeper)/" },
    ),
  ],
  options: {
    // TypeScript 7 has no JavaScript API; swc reads the same syntax.
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^\\.next/", "^\\.open-next/", "^\\.sst/"] },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    externalModuleResolutionStrategy: "node_modules",
  },
};
