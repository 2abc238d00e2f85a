import "server-only";
import { currentRequest } from "./current-request.ts";

type Level = "info" | "warn" | "error";
type Facts = Record<string, string | number | boolean | null | undefined>;

/** Fields whose value must never be logged, whatever it is. */
const SECRET = /token|secret|cookie|authorization|password|ticketpass/i;
/** Anything that looks like a JWT, in any field. */
const JWT = /eyJ[\w-]{8,}(?:\.[\w-]*)+/g;

/** Logs one line of JSON, with the id of the request that it belongs to. Secrets are removed by field name and by shape. */
export function log(level: Level, event: string, facts: Facts = {}): void {
  const safe = Object.entries(facts).map(([name, value]) => [
    name,
    SECRET.test(name) ? "[dropped]" : typeof value === "string" ? value.replaceAll(JWT, "[jwt]") : value,
  ]);
  const at = new Date().toISOString();
  const line = JSON.stringify({ at, level, event, requestId: currentRequest(), ...Object.fromEntries(safe) });
  if (level === "error") console.error(line);
  else if (level === "warn") console.warn(line);
  else console.info(line);
}

/** The name and text of whatever was thrown, for a log line. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "something that is no Error was thrown";
}
