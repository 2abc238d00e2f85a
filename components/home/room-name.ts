import type { MyRoom } from "#lib/rooms/room-schema.ts";
import type { Texts } from "#components/texts/texts.ts";

/** What a meeting is called among its host's others: its title, else its code. */
export function roomName({ title, code }: Pick<MyRoom, "title" | "code">): string {
  return title || code;
}

type Activity = Pick<MyRoom, "isLive" | "insideCount" | "waitingCount">;

/** "3 in the meeting · 2 waiting"; undefined when no one is there. */
export function activityText(t: Texts, { isLive, insideCount, waitingCount }: Activity): string | undefined {
  const waiting = waitingCount > 0 && t("home.waiting", { count: waitingCount });
  const inside = isLive && (insideCount === 0 ? t("home.live") : t("home.inside", { count: insideCount }));
  return [inside, waiting].filter((part) => part !== false).join(" · ") || undefined;
}
