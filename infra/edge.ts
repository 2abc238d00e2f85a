import { VIEWER_ADDRESS_HEADER } from "./web-environment.ts";

/** Carries a request's own Authorization past CloudFront, which needs the header of that name for its signature. */
const CARRIED_HEADER = "x-veet-authorization";

/**
 * The same as `repairPath` in lib/http/screen-request.ts, for CloudFront's JavaScript: Next answers 500 to an address that it
 * cannot decode. A self-hosted server does it in front of Next; a Lambda function has nothing else in front of it.
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
 * Runs at CloudFront on every request, before it is signed. LiveKit's webhooks prove themselves by `Authorization`, which
 * origin access control replaces; and the browser's address is in no header that a browser could not set.
 */
export const AT_THE_EDGE = `
  event.request.headers["${VIEWER_ADDRESS_HEADER}"] = { value: event.viewer.ip };
  delete event.request.headers["${CARRIED_HEADER}"];
  if (event.request.headers["authorization"]) {
    event.request.headers["${CARRIED_HEADER}"] = { value: event.request.headers["authorization"].value };
    delete event.request.headers["authorization"];
  }
${REPAIR_PATH}`;

/** The same as `isRouterState` in lib/http/router-state.ts: Next answers 500 when it cannot read the router state. */
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

/** Runs in the function, before anything of the app: puts it back. CloudFront's own signature is of no use to the app. */
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
