let last: Promise<void> = Promise.resolve();

/** Keeps this page's request to leave a meeting until it is answered. @returns when it is, also if it failed. */
export function trackLeaving(request: Promise<unknown>): Promise<void> {
  last = request.then(
    () => {},
    () => {},
  );
  return last;
}

/** Resolves when this page's last request to leave was answered. A seat that is taken again earlier would be freed by it. */
export const whenLeft = (): Promise<void> => last;
