import { randomUUID } from "node:crypto";

/** Lambda's event for a request to a function's URL: the format of API Gateway, version 2.0. */
export type FunctionUrlEvent = {
  version: "2.0";
  routeKey: "$default";
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  requestContext: {
    accountId: string;
    apiId: string;
    domainName: string;
    domainPrefix: string;
    http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    requestId: string;
    routeKey: "$default";
    stage: "$default";
    time: string;
    timeEpoch: number;
  };
  body?: string;
  isBase64Encoded: boolean;
};

/** The function's answer. */
export type FunctionUrlResult = {
  statusCode: number;
  headers: Record<string, string>;
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
};

const PREFIX = "veet0test0function0url0000000000";
export const FUNCTION_HOST = `${PREFIX}.lambda-url.us-east-1.on.aws`;
/** CloudFront's address: it calls the function. */
const CALLER = "130.176.0.1";
/** Content types whose bodies Lambda passes as text; all others are base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b)/;

export type SignedRequest = { method: string; path: string; headers: Record<string, string>; body?: string };

/** @param request - With lower-case header names. */
export function functionUrlEvent({ method, path, headers, body }: SignedRequest): FunctionUrlEvent {
  const { cookie, ...others } = headers;
  const [rawPath = "/", rawQueryString = ""] = path.split("?");
  const isText = TEXT.test(headers["content-type"] ?? "");
  const nowMs = Date.now();
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split("; ") }),
    headers: others,
    requestContext: {
      accountId: "anonymous",
      apiId: PREFIX,
      domainName: FUNCTION_HOST,
      domainPrefix: PREFIX,
      http: {
        method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: CALLER,
        userAgent: headers["user-agent"] ?? "Amazon CloudFront",
      },
      requestId: randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    ...(body !== undefined && { body: isText ? body : Buffer.from(body).toString("base64") }),
    isBase64Encoded: body !== undefined && !isText,
  };
}

export function bodyOf({ body, isBase64Encoded }: FunctionUrlResult): string {
  return isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
}
