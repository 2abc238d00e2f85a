import { VIEWER_ADDRESS_HEADER } from "./web-environment.ts";

/** Carries a request's Authorization past CloudFront, which uses that header for its own signature. */
const CARRIED_HEADER = "x-veet-authorization";

/**
 * Same as `repairPath` in lib/http/screen-request.ts, in CloudFront's JavaScript: Next answers 500 to an address that it cannot
 * decode. A self-hosted server fixes it in front of Next; in front of a Lambda function only CloudFront can.
 */
const REPAIR_PATH = `
  event.request.uri = event.request.uri.split("/").map(function (part) {
    try {
      decodeURIComponent(part);
      return part;
    } catch (error) {
      return part.replace(/%/g, "%25");
    }
  }).join("/");
`;

/**
 * Runs at CloudFront on every request, before signing. LiveKit's webhooks authenticate with `Authorization`, which origin access
 * control replaces. The browser's address is set here because browsers can forge every other header.
 */
export const AT_THE_EDGE = `
  event.request.headers["${VIEWER_ADDRESS_HEADER}"] = { value: event.viewer.ip };
  delete event.request.headers["${CARRIED_HEADER}"];
  if (event.request.headers["authorization"]) {
    event.request.headers["${CARRIED_HEADER}"] = { value: event.request.headers["authorization"].value };
    delete event.request.headers["authorization"];
  }
${REPAIR_PATH}`;

/** Same as `isRouterState` in lib/http/router-state.ts: Next answers 500 when it cannot read the router state. */
const DROP_BROKEN_ROUTER_STATE = `
    const isText = (value) => typeof value === "string";
    const isSegment = (value) => isText(value) || (Array.isArray(value) && value.length === 4 && isText(value[0]) && isText(value[1])
      && /^(c|oc|d|[cd]i(\\(\\.{1,3}\\)|\\(\\.\\.\\)\\(\\.\\.\\)))$/.test(value[2])
      && (value[3] === null || (Array.isArray(value[3]) && value[3].every(isText))));
    const isState = (value) => Array.isArray(value) && value.length >= 2 && value.length <= 6 && isSegment(value[0])
      && value[1] !== null && typeof value[1] === "object" && !Array.isArray(value[1]) && Object.values(value[1]).every(isState)
      && (value[2] == null || (Array.isArray(value[2]) && value[2].length === 2 && value[2].every(isText)))
      && (value[3] == null || ["refetch", "inside-shared-layout", "metadata-only"].includes(value[3]))
      && (value[4] == null || typeof value[4] === "number") && (value[5] === undefined || isText(value[5]));
    const state = event.headers["next-router-state-tree"];
    try {
      if (state !== undefined && (state.length > 40000 || !isState(JSON.parse(decodeURIComponent(state))))) throw new Error();
    } catch {
      delete event.headers["next-router-state-tree"];
    }
`;

/** Runs in the function before the app and restores the header. The app has no use for CloudFront's own signature. */
export const IN_THE_FUNCTION = `
  if (event && event.headers) {
    delete event.headers["authorization"];
    if (event.headers["${CARRIED_HEADER}"]) {
      event.headers["authorization"] = event.headers["${CARRIED_HEADER}"];
      delete event.headers["${CARRIED_HEADER}"];
    }
${DROP_BROKEN_ROUTER_STATE}
  }
`;
