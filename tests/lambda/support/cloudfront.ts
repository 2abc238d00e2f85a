import { AT_THE_EDGE } from "../../../infra/edge.ts";
import { FUNCTION_HOST, type FunctionUrlEvent, functionUrlEvent, type SignedRequest } from "./function-url.ts";

/** The site's host name. */
export const HOST = "meet.example.com";

/** What CloudFront knows about the viewer. */
export type Viewer = { address: string; place?: { latitude: number; longitude: number } };

type EdgeEvent = { viewer: { ip: string }; request: { uri: string; headers: Record<string, { value: string }> } };

/**
 * Turns a browser's request into the function's event: our edge code first, then what SST's router adds (host and location), then the
 * signature over `Authorization`.
 *
 * @param request - As sent by the browser, with lower-case header names.
 */
export function throughCloudFront(viewer: Viewer, request: SignedRequest): FunctionUrlEvent {
  const { place } = viewer;
  const located = place && {
    "cloudfront-viewer-latitude": String(place.latitude),
    "cloudfront-viewer-longitude": String(place.longitude),
  };
  const [uri = "/", query] = request.path.split(/\?(.*)/s);
  const event: EdgeEvent = { viewer: { ip: viewer.address }, request: { uri, headers: {} } };
  for (const [name, value] of Object.entries({ ...request.headers, host: HOST, ...located }))
    event.request.headers[name] = { value };
  // oxlint-disable-next-line typescript/no-implied-eval -- CloudFront evaluates this text, too
  new Function("event", AT_THE_EDGE)(event);
  const headers = Object.fromEntries(Object.entries(event.request.headers).map(([name, { value }]) => [name, value]));
  return functionUrlEvent({
    ...request,
    path: event.request.uri + (query === undefined ? "" : `?${query}`),
    headers: {
      ...headers,
      ...(place && {
        "x-open-next-latitude": String(place.latitude),
        "x-open-next-longitude": String(place.longitude),
      }),
      "x-forwarded-host": HOST,
      "x-forwarded-for": [headers["x-forwarded-for"], viewer.address].filter(Boolean).join(", "),
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
      host: FUNCTION_HOST,
      via: "2.0 veet.cloudfront.net (CloudFront)",
      authorization: "AWS4-HMAC-SHA256 Credential=veet/20261122/us-east-1/lambda/aws4_request, Signature=00",
    },
  });
}
