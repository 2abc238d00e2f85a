import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestId } from "./ids.ts";

const requests = new AsyncLocalStorage<RequestId>();

/** Runs a function for a request: everything it logs, however deep, carries the request's id. */
export function duringRequest<T>(id: RequestId, run: () => T): T {
  return requests.run(id, run);
}

/** @returns undefined outside of a request, such as at the start. */
export function currentRequest(): RequestId | undefined {
  return requests.getStore();
}
