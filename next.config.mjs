/** Where a second `npm run dev` keeps what it makes (scripts/stack/paths.ts); two of Next in one folder would overwrite each other. */
const data = process.env.VEET_DATA;

/** What every answer says; the policy of pages, which needs a nonce each, is added in proxy.ts. */
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  // "no-referrer" would also take the Origin from forms and beacons, by which we know that a request is from our site.
  { key: "Referrer-Policy", value: "same-origin" },
  // Popups, as providers open them, keep their opener.
  { key: "Cross-Origin-Opener-Policy", value: "same-origin-allow-popups" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value:
      "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), speaker-selection=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=()",
  },
];

// Never on a laptop: it would outlast the certificate, and close plain http on that name for two years. For this name only: Veet may be
// at the top of a company's domain, whose other hosts are not ours to close. Cookies named `__Host-` cannot be set by those anyway.
const inProduction = [{ key: "Strict-Transport-Security", value: "max-age=63072000" }];

const inApi = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
  { key: "Cache-Control", value: "no-store, private" },
];

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
    { source: "/:path*", headers: [...everywhere, ...(process.env.NODE_ENV === "production" ? inProduction : [])] },
    { source: "/api/:path*", headers: inApi },
  ],
};
