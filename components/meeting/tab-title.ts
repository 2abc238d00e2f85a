const COUNT = /^\(\d+\) /;

/** The tab's title with how many wait in front, and without it when nobody does. Applying it twice changes nothing. */
export function tabTitle(title: string, waitingCount: number): string {
  const bare = title.replace(COUNT, "");
  return waitingCount === 0 ? bare : `(${waitingCount}) ${bare}`;
}
