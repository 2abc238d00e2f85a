const COUNT = /^\(\d+\) /;

/** The tab's title with the number of waiting guests in front, if any. Idempotent. */
export function tabTitle(title: string, waitingCount: number): string {
  const bare = title.replace(COUNT, "");
  return waitingCount === 0 ? bare : `(${waitingCount}) ${bare}`;
}
