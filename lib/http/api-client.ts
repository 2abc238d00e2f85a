import { AppError, type ErrorFacts, isErrorCode } from "#lib/errors.ts";
import { newRequestId } from "#lib/id-forms.ts";
import { isFields } from "#lib/json.ts";
import { REQUEST_HEADER } from "./request-schema.ts";
import { revisionHeaders, sawAnswer } from "#lib/seen-revisions.ts";

/** The time limit of a request: enough for a Lambda's cold start and two Redis limits of 2.5 s. */
const TIMEOUT_MS = 12_000;

export type ApiRequest = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
};

/**
 * Calls our API from the browser. The server has validated every answer against its schema, so the browser only needs the type.
 *
 * @throws AppError with the server's code; `unavailable` when nothing answers or the answer cannot be read.
 */
export async function api<T>(
  path: string,
  { method = "GET", body, headers, signal, keepalive }: ApiRequest = {},
): Promise<T> {
  const said = revisionHeaders(path);
  const response = sawRevision(
    path,
    said,
    fetch(path, {
      method,
      cache: "no-store",
      credentials: "same-origin",
      keepalive: keepalive ?? false,
      headers: {
        [REQUEST_HEADER]: newRequestId(),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...said,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) : AbortSignal.timeout(TIMEOUT_MS),
    }),
  );
  return readAnswer<T>(response);
}

async function sawRevision(path: string, said: Record<string, string>, pending: Promise<Response>): Promise<Response> {
  const response = await pending;
  sawAnswer(path, response.headers, said);
  return response;
}

/**
 * Reads the server's answer. All answers of ours are JSON objects: anything else comes from a proxy or a network's sign-in page.
 *
 * @throws AppError as `api` does.
 */
export async function readAnswer<T>(pending: Promise<Response>): Promise<T> {
  const { ok, content } = await receive(pending);
  if (!ok) throw toAppError(content);
  if (!isFields(content)) throw new AppError("unavailable");
  return content as T;
}

/** @throws AppError `unavailable` when nothing answers. */
export async function receive(pending: Promise<Response>): Promise<{ ok: boolean; content: unknown }> {
  try {
    const response = await pending;
    return { ok: response.ok, content: await response.json().catch(() => undefined) };
  } catch (cause) {
    throw new AppError("unavailable", {}, { cause });
  }
}

/** The error in an answer's body; `unavailable` for a body that is not ours, such as a proxy's page. */
export function toAppError(content: unknown): AppError {
  const error = isFields(content) ? content.error : undefined;
  if (!isFields(error) || typeof error.code !== "string" || !isErrorCode(error.code))
    return new AppError("unavailable");
  return new AppError(error.code, readFacts(error.facts));
}

const FACTS = {
  retryAfterSeconds: "number",
  status: "string",
  mayAskAgainAtMs: "number",
  isForNetwork: "boolean",
  asksLeft: "number",
  mayRestart: "boolean",
} satisfies Record<keyof ErrorFacts, string>;

function readFacts(facts: unknown): ErrorFacts {
  if (!isFields(facts)) return {};
  const known = Object.entries(facts).filter(([name, value]) => isFact(name) && typeof value === FACTS[name]);
  return Object.fromEntries(known) as ErrorFacts;
}

const isFact = (name: string): name is keyof ErrorFacts => Object.hasOwn(FACTS, name);
