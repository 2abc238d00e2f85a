import { z } from "zod";

const Name = z.string().regex(/^[a-z0-9-]{1,24}$/);
const keyPair = {
  apiKey: z.string().min(1),
  apiSecret: z.string().min(32, "must have at least 32 characters"),
};

/** One place where a leg can run: a LiveKit cluster, its addresses, and a key pair that signs its tokens. */
const MediaSite = z.strictObject({
  site: Name,
  region: Name,
  /** What browsers connect to, `ws:` or `wss:`. */
  url: z.url({ protocol: /^wss?$/ }),
  /** What the app's server calls, `http:` or `https:`. */
  apiUrl: z.url({ protocol: /^https?$/ }),
  ...keyPair,
  /** The region is about to be removed: no new legs there. */
  isRetiring: z.literal(true).optional(),
});
export type MediaSite = z.infer<typeof MediaSite>;

/** `{site}` in an address stands for the site's name. A region's own addresses override the shared ones. */
const addresses = { url: z.string().optional(), apiUrl: z.string().optional() };
const Region = z.strictObject({
  region: Name,
  sites: z.array(Name).min(1),
  /** The first signs; tokens and webhooks signed with any of them are accepted. */
  keys: z.array(z.strictObject(keyPair)).min(1),
  ...addresses,
  isRetiring: z.boolean().optional(),
});
const Table = z.strictObject({ ...addresses, regions: z.array(Region).min(1) });
type Table = z.infer<typeof Table>;

/**
 * `MEDIA_SITES`: each address once, each key once per region. Written out for each site and key, six regions would not fit into
 * the 4 kB that Lambda has for a function's environment.
 *
 * Returns one entry for each site and key. The entries whose key signs come first: the app signs with the first it finds.
 */
export const MediaSites = Table.transform(expand)
  .pipe(z.array(MediaSite))
  .superRefine((entries, context) => {
    const seen = new Set<string>();
    for (const { site, apiKey } of entries) {
      if (seen.has(`${site} ${apiKey}`)) context.addIssue({ code: "custom", message: `lists ${site} twice` });
      seen.add(`${site} ${apiKey}`);
    }
  });

function expand({ regions, ...shared }: Table) {
  const of = (kind: "url" | "apiUrl", region: Table["regions"][number], site: string) =>
    (region[kind] ?? shared[kind])?.replaceAll("{site}", site);
  const entries = (from: number, to?: number) =>
    regions.flatMap((region) =>
      region.sites.flatMap((site) =>
        region.keys.slice(from, to).map((key) => ({
          site,
          region: region.region,
          url: of("url", region, site),
          apiUrl: of("apiUrl", region, site),
          ...key,
          ...(region.isRetiring && { isRetiring: true as const }),
        })),
      ),
    );
  return [...entries(0, 1), ...entries(1)];
}

/** @throws when the app would not accept the text. */
export function readMediaSites(text: string): MediaSite[] {
  return MediaSites.parse(JSON.parse(text));
}

/** Writes the variable from entries as the app has them. A site that is listed with several keys keeps their order. */
export function writeMediaSites(entries: readonly MediaSite[]): string {
  const regions = new Map<string, Table["regions"][number]>();
  for (const { site, apiKey, apiSecret, ...rest } of entries) {
    const { keys = [] } = regions.get(site) ?? {};
    regions.set(site, { ...rest, sites: [site], keys: [...keys, { apiKey, apiSecret }] });
  }
  return JSON.stringify({ regions: [...regions.values()] } satisfies Table);
}
