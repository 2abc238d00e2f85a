type HeaderLine = { key: string; value: string };

/** Headers of every answer. The policy of pages needs a new nonce each time and is added in proxy.ts. */
export const EVERYWHERE: readonly HeaderLine[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  // "no-referrer" would also remove the Origin from forms and beacons, by which we recognise requests from our site.
  { key: "Referrer-Policy", value: "same-origin" },
  // Popups that providers open keep their opener.
  { key: "Cross-Origin-Opener-Policy", value: "same-origin-allow-popups" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value:
      "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), speaker-selection=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=()",
  },
];

/**
 * Not in development: the browser would refuse plain http on that host name for two years. For this name only: Veet can be at
 * the top of a company's domain, and its other hosts are not ours to restrict. They cannot set cookies named `__Host-` anyway.
 */
export const IN_PRODUCTION: readonly HeaderLine[] = [{ key: "Strict-Transport-Security", value: "max-age=63072000" }];

export const IN_API: readonly HeaderLine[] = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
  { key: "Cache-Control", value: "no-store, private" },
];
