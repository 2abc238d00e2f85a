import { checkHealth } from "#lib/http/health.ts";

/** For load balancers and operators: is Redis reachable, and which media sites are configured. */
export const GET = () => checkHealth();
// Asked at run time, never while building.
export const dynamic = "force-dynamic";
