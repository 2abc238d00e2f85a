import type { LogEntry } from "#lib/moderation/moderation-schema.ts";
import { ACCESS_LEVELS, LOCKABLE_SOURCES } from "#lib/rooms/room.ts";
import type { TextKey, Texts } from "#components/texts/texts.ts";
import { isolate } from "#components/ui/isolate.ts";

/** Actions whose text needs two names and nothing else. */
const PLAIN = {
  mute: "log.mute",
  "stop-camera": "log.stop-camera",
  "stop-share": "log.stop-share",
  "lower-hand": "log.lower-hand",
  "make-cohost": "log.make-cohost",
  "unmake-cohost": "log.unmake-cohost",
  unban: "log.unban",
  "mute-all": "log.mute-all",
  "lower-all-hands": "log.lower-all-hands",
  end: "log.end",
} as const satisfies Record<string, TextKey>;

/** One line of the action log as a sentence. What it does not know it shows as it was logged rather than hiding it. */
export function logEntryText(t: Texts, entry: LogEntry): string {
  const { what, target, detail } = entry;
  const [by, name] = [entry.by === "" ? "Veet" : isolate(entry.by), isolate(target)];
  switch (what) {
    case "expel":
      return t(detail === "ban" ? "log.ban" : "log.expel", { by, name });
    case "lock-source":
      return lockText(t, by, detail) ?? asLogged(entry);
    case "lock-room":
      return t(isOff(detail) ? "log.unlocked" : "log.locked", { by });
    case "set-access": {
      const access = ACCESS_LEVELS.find((level) => level === detail);
      return access ? t(`log.access.${access}`, { by }) : asLogged(entry);
    }
    case "set-title":
      return detail === "" ? t("log.untitled", { by }) : t("log.titled", { by, title: isolate(detail) });
    case "admit":
    case "admitted":
      return decidedText(t, "admitted", by, name, detail);
    case "deny":
    case "denied":
      return decidedText(t, "denied", by, name, detail);
    case "became-host":
      return t("log.became-host", { name: target === "" ? by : name });
    default:
      return Object.hasOwn(PLAIN, what) ? t(PLAIN[what as keyof typeof PLAIN], { by, name }) : asLogged(entry);
  }
}

const isOff = (detail: string) => detail === "off" || detail === "false";

function lockText(t: Texts, by: string, detail: string): string | undefined {
  const [name, state = ""] = detail.split(":");
  const source = LOCKABLE_SOURCES.find((lockable) => lockable === name);
  return source && t(isOff(state) ? `log.allowedSource.${source}` : `log.lockedSource.${source}`, { by });
}

function decidedText(t: Texts, verdict: "admitted" | "denied", by: string, name: string, detail: string): string {
  if (name !== "") return t(`log.${verdict}`, { by, name });
  return /^\d+$/.test(detail)
    ? t(`log.${verdict}Count`, { by, count: Number(detail) })
    : t(`log.${verdict}All`, { by });
}

function asLogged({ by, what, target, detail }: LogEntry): string {
  return [by, what, target, detail].filter((part) => part !== "").join(" · ");
}
