import createNextIntlPlugin from "next-intl/plugin";
import { EVERYWHERE, IN_API, IN_PRODUCTION } from "./lib/http/usual-headers.ts";

/** The output folder of a second `npm run dev` (scripts/stack/paths.ts); two Next servers in one folder would overwrite each other. */
const data = process.env.VEET_DATA;

/**
 * Node loads these directly in development: bundling them again was half of the time to the first page of a second start.
 * In production they are bundled, which makes Lambda's cold starts faster.
 */
const notBundled = [
  "@livekit/protocol",
  "@opentelemetry/api",
  "@upstash/ratelimit",
  "@upstash/redis",
  "livekit-server-sdk",
  "next-auth",
  "zod",
];

/** The texts are compiled when they are built: the browser loads no parser of messages, which would be 10 kB. */
const withTexts = createNextIntlPlugin({
  requestConfig: "./app/page-texts.ts",
  experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
});

/** @type {import("next").NextConfig} */
export default withTexts({
  reactStrictMode: true,
  ...(data && { distDir: `${data}/next` }),
  typescript: {
    ...(data && { tsconfigPath: `${data}/tsconfig.json` }),
    // `npm test` checks all types in a stage of its own.
    ignoreBuildErrors: process.env.VEET_TYPES_ARE_CHECKED === "1",
  },
  poweredByHeader: false,
  // Next's badge would cover the meeting's code.
  devIndicators: false,
  // `npm run dev -- --lan` serves the page at this address; Next serves its development files to listed hosts only.
  allowedDevOrigins: process.env.VEET_DEV_ORIGIN ? [process.env.VEET_DEV_ORIGIN] : [],
  serverExternalPackages: process.env.NODE_ENV === "development" ? notBundled : [],
  experimental: {
    // Only a site with a pages/ folder beside app/ needs it. Next's development server knows it only shortly after its start and inserts it as a
    // constant into every file, so all previously compiled code would count as stale.
    clientRouterFilter: false,
    // These add half a second to every development start. Without them, a changed server file is reloaded together with its importers, and
    // source maps of packages are not shown.
    turbopackServerFastRefresh: false,
    turbopackInputSourceMaps: false,
  },
  // All pictures are ours; with the optimizer the server would fetch URLs from requests.
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: [...EVERYWHERE, ...(process.env.NODE_ENV === "production" ? IN_PRODUCTION : [])] },
    { source: "/api/:path*", headers: [...IN_API] },
  ],
});
