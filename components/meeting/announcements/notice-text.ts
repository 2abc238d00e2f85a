import type { Notice } from "#lib/rooms/nudge-schema.ts";
import type { Texts } from "#components/texts/texts.ts";
import { isolate } from "#components/ui/isolate.ts";

/** The screen that follows says these better. */
const HAS_A_SCREEN = ["expelled", "moved", "ended"] as const satisfies Notice["type"][];
type HasAScreen = (typeof HAS_A_SCREEN)[number];
const isShown = (type: Notice["type"]): type is Exclude<Notice["type"], HasAScreen> =>
  !(HAS_A_SCREEN as readonly string[]).includes(type);

/** What a host did to the user, as a sentence without its full stop; empty where a screen follows. */
export function noticeText(t: Texts, { type, by }: Notice): string {
  return isShown(type) ? t(`notices.${type}`, { by: by === "" ? t("notices.theHost") : isolate(by) }) : "";
}
