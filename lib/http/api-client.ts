import { z } from "zod";
import { AppError, type ErrorFacts, isErrorCode } from "#lib/errors.ts";
import { newRequestId } from "#lib/ids.ts";
import { REQUEST_HEADER } from "./request-schema.ts";
import { revisionHeaders, sawAnswer } from "#lib/seen-revisions.ts";

const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    facts: z
      .object({
        retryAfterSeconds: z.number().optional(),
        status: z.string().optional(),
        mayAskAgainAtMs: z.number().optional(),
        isForNetwork: z.boolean().optional(),
        asksLeft: z.number().optional(),
        mayRestart: z.boolean().optional(),
      })
      .optional(),
  }),
});

/** The time limit of a request: enough for a Lambda's cold start and two Redis limits of 2.5 s. */
const TIMEOUT_MS = 12_000;

export type ApiRequest<T> = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  answer: z.ZodType<T>;
  signal?: AbortSignal;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
};

/**
 * Calls our API from the browser and parses the answer with the schema the server wrote it with.
 *
 * @throws AppError with the server's code; `unavailable` when nothing answers or the answer cannot be read.
 */
export async function api<T>(
  path: string,
  { method = "GET", body, headers, answer, signal, keepalive }: ApiRequest<T>,
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
  return readAnswer(response, answer);
}

async function sawRevision(path: string, said: Record<string, string>, pending: Promise<Response>): Promise<Response> {
  const response = await pending;
  sawAnswer(path, response.headers, said);
  return response;
}

/**
 * Parses the server's answer with its schema.
 *
 * @throws AppError as `api` does.
 */
export async function readAnswer<T>(pending: Promise<Response>, answer: z.ZodType<T>): Promise<T> {
  const { ok, content } = await receive(pending);
  if (!ok) throw toAppError(content);
  const parsed = answer.safeParse(content);
  if (!parsed.success) throw new AppError("unavailable", {}, { cause: parsed.error });
  return parsed.data;
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
  const parsed = ErrorBody.safeParse(content);
  if (!parsed.success || !isErrorCode(parsed.data.error.code)) return new AppError("unavailable");
  const { retryAfterSeconds, status, mayAskAgainAtMs, isForNetwork, asksLeft, mayRestart } =
    parsed.data.error.facts ?? {};
  const facts: ErrorFacts = {};
  if (retryAfterSeconds !== undefined) facts.retryAfterSeconds = retryAfterSeconds;
  if (status !== undefined) facts.status = status;
  if (mayAskAgainAtMs !== undefined) facts.mayAskAgainAtMs = mayAskAgainAtMs;
  if (isForNetwork !== undefined) facts.isForNetwork = isForNetwork;
  if (asksLeft !== undefined) facts.asksLeft = asksLeft;
  if (mayRestart !== undefined) facts.mayRestart = mayRestart;
  return new AppError(parsed.data.error.code, facts);
}
