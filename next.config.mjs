import { EVERYWHERE, IN_API, IN_PRODUCTION } from "./lib/http/usual-headers.ts";

/** Where a second `npm run dev` keeps what it makes (scripts/stack/paths.ts); two of Next in one folder would overwrite each other. */
const data = process.env.VEET_DATA;

/**
 * Node loads these itself in development: bundling them again was half of what the first page of a second start took.
 * In production they are bundled, which is what a cold Lambda wants.
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

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  ...(data && { distDir: `${data}/next` }),
  typescript: {
    ...(data && { tsconfigPath: `${data}/tsconfig.json` }),
    // `npm test` checks the types as a part of its own, of all there is.
    ignoreBuildErrors: process.env.VEET_TYPES_ARE_CHECKED === "1",
  },
  poweredByHeader: false,
  // Next's own badge would lie on the meeting's code.
  devIndicators: false,
  // `npm run dev -- --lan` serves the page at this address; Next hands its development files to named hosts only.
  allowedDevOrigins: process.env.VEET_DEV_ORIGIN ? [process.env.VEET_DEV_ORIGIN] : [],
  serverExternalPackages: process.env.NODE_ENV === "development" ? notBundled : [],
  experimental: {
    // Only a site that has a pages/ folder beside app/ needs it. Next's development server knows it a moment after its start, as a constant of
    // every file, and would take all that earlier starts compiled for stale.
    clientRouterFilter: false,
    // Both cost every start of development half a second: a changed file of the server is loaded anew with those that use it, and what
    // packages were made from is not shown.
    turbopackServerFastRefresh: false,
    turbopackInputSourceMaps: false,
  },
  // No picture comes from elsewhere; without this the server would fetch addresses that it is told.
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: [...EVERYWHERE, ...(process.env.NODE_ENV === "production" ? IN_PRODUCTION : [])] },
    { source: "/api/:path*", headers: [...IN_API] },
  ],
};
