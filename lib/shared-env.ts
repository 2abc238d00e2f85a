import "server-only";
import { z } from "zod";
import { type MediaSite, MediaSites } from "./media-sites.ts";

/** The variables that more than one process reads. Each process parses only the parts that it uses. */

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not valid JSON" });
    return z.NEVER;
  }
});

export const RedisVariables = z.object({
  /** A Redis over TCP, with its password if it has one. Instead of the two variables of Upstash. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/ }).optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
  /** How long Redis may take to answer, in milliseconds: more if it is far away, or shares a busy machine. */
  REDIS_TIMEOUT_MS: z.coerce.number().int().min(200).max(10_000).default(1_100),
});

type OneRedis = Pick<
  z.output<typeof RedisVariables>,
  "REDIS_URL" | "UPSTASH_REDIS_REST_URL" | "UPSTASH_REDIS_REST_TOKEN"
>;
/** Reported together with whatever else is missing. */
const always = { when: () => true };

/** Requires exactly one way to Redis. */
export function withOneRedis<Schema extends z.ZodType<OneRedis>>(schema: Schema): Schema {
  return schema
    .refine((value) => value.REDIS_URL || value.UPSTASH_REDIS_REST_URL || value.UPSTASH_REDIS_REST_TOKEN, {
      path: ["REDIS_URL"],
      message: "is missing; or set UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN",
      ...always,
    })
    .refine((value) => !(value.REDIS_URL && value.UPSTASH_REDIS_REST_URL), {
      path: ["REDIS_URL"],
      message: "and UPSTASH_REDIS_REST_URL are two databases: set one of them",
      ...always,
    })
    .refine((value) => !value.UPSTASH_REDIS_REST_TOKEN || value.UPSTASH_REDIS_REST_URL, {
      path: ["UPSTASH_REDIS_REST_URL"],
      message: "is missing",
      ...always,
    })
    .refine((value) => !value.UPSTASH_REDIS_REST_URL || value.UPSTASH_REDIS_REST_TOKEN, {
      path: ["UPSTASH_REDIS_REST_TOKEN"],
      message: "is missing",
      ...always,
    });
}

export const MediaVariables = z.object({
  /** Where legs can run: docs/operations.md describes the format. */
  MEDIA_SITES: json.pipe(MediaSites),
});

export const TraceVariables = z.object({
  /** Where traces go: an OTLP collector's address. Without it there are no traces. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});

export const LobbyVariables = z.object({
  /** For guests; signed-in users have as many places of their own. */
  MAX_WAITING: z.coerce.number().int().min(1).max(1000).default(100),
});

/**
 * Parses variables with a schema.
 *
 * @param whose - What lacks a variable, for the first line of the error.
 * @throws Error whose message lists every missing or wrong variable, one on a line, so that they can all be fixed together. It
 *   never repeats a value.
 */
export function readVariables<Schema extends z.ZodType>(
  schema: Schema,
  source: Record<string, string | undefined>,
  whose = "The environment",
): z.infer<Schema> {
  // An empty variable counts as missing: deployment tools cannot always leave a name out.
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${describe(message)}`);
  throw new Error(`${whose} is not complete:\n${[...new Set(lines)].join("\n")}`);
}

function describe(message: string): string {
  return message.includes("received undefined") ? "is missing" : message;
}

/** @returns a function that parses this process's variables at its first call. */
function readOnce<Schema extends z.ZodType>(schema: Schema): () => z.infer<Schema> {
  let cached: z.infer<Schema> | undefined;
  return () => (cached ??= readVariables(schema, process.env));
}

export const redisEnv = readOnce(withOneRedis(RedisVariables));
export const traceEnv = readOnce(TraceVariables);
export const lobbyEnv = readOnce(LobbyVariables);

const mediaEnv = readOnce(MediaVariables);
let given: readonly MediaSite[] | undefined;

/** One entry for each site and key, as in MEDIA_SITES. The entries whose key signs come first. */
export function configuredSites(): readonly MediaSite[] {
  return given ?? mediaEnv().MEDIA_SITES;
}

/** For a process that knows its site from variables of its own, and has no MEDIA_SITES: the gatekeeper. */
export function provideSites(sites: readonly MediaSite[]): void {
  given = sites;
}
