import type { MyRoom } from "#lib/rooms/room-schema.ts";

/** What a meeting is called among its host's others: its title, else its code. */
export function roomName({ title, code }: Pick<MyRoom, "title" | "code">): string {
  return title || code;
}

/** "3 in the meeting · 2 waiting"; undefined when no one is there. */
export function activityText({
  isLive,
  insideCount,
  waitingCount,
}: Pick<MyRoom, "isLive" | "insideCount" | "waitingCount">): string | undefined {
  if (!isLive) return waitingCount > 0 ? `${waitingCount} waiting` : undefined;
  const inside = insideCount === 0 ? "Live" : `${insideCount} in the meeting`;
  return waitingCount > 0 ? `${inside} · ${waitingCount} waiting` : inside;
}
