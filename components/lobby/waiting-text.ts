/** Minutes and seconds until `ms` is over: "9:41". Rounds up, so that it reads 0:00 only when it is over. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "You’re next", "You’re third in line", "You’re 14th in line". */
export function queuePositionText(place: number): string {
  if (place <= 1) return "You’re next";
  return `You’re ${WORDS[place] ?? ordinal(place)} in line`;
}

const WORDS: Record<number, string> = { 2: "second", 3: "third", 4: "fourth", 5: "fifth" };
const SUFFIXES: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
const rules = new Intl.PluralRules("en", { type: "ordinal" });

function ordinal(number: number): string {
  return `${number}${SUFFIXES[rules.select(number)] ?? "th"}`;
}

/** "2 more times", "once more", "no more". */
export function asksLeftText(asksLeft: number): string {
  if (asksLeft <= 0) return "no more";
  return asksLeft === 1 ? "once more" : `${asksLeft} more times`;
}

/** What a guest who may not ask now can do. */
export function deniedAdvice(asksLeft: number, isForNetwork: boolean): string {
  if (asksLeft > 0) {
    return isForNetwork
      ? `You can ask ${asksLeftText(asksLeft)} after a pause.`
      : `If this was a mistake, contact the host directly. You can ask ${asksLeftText(asksLeft)}.`;
  }
  return isForNetwork
    ? "No more requests from your network are accepted in this meeting. Contact the host directly, or sign in."
    : "You can’t ask again in this meeting. If this was a mistake, contact the host directly.";
}

/** "12 seconds", "2 minutes": how long until something may be tried again. */
export function durationText(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${Math.max(1, Math.ceil(seconds))} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
