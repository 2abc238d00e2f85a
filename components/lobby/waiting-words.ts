/** Minutes and seconds until `ms` is over: "9:41". Rounds up, so that it reads 0:00 only when it is over. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "You are next", "You are third in line", "You are 14th in line". */
export function placeSentence(place: number): string {
  if (place <= 1) return "You are next";
  return `You are ${WORDS[place] ?? ordinal(place)} in line`;
}

const WORDS: Record<number, string> = { 2: "second", 3: "third", 4: "fourth", 5: "fifth" };
const SUFFIXES: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
const rules = new Intl.PluralRules("en", { type: "ordinal" });

function ordinal(number: number): string {
  return `${number}${SUFFIXES[rules.select(number)] ?? "th"}`;
}

/** "2 more times", "once more", "no more". */
export function asksLeftWords(asksLeft: number): string {
  if (asksLeft <= 0) return "no more";
  return asksLeft === 1 ? "once more" : `${asksLeft} more times`;
}

/** What a guest who may not ask now can do. */
export function deniedAdvice(asksLeft: number, isForNetwork: boolean): string {
  if (asksLeft > 0) {
    return isForNetwork
      ? `You may ask after a pause, ${asksLeftWords(asksLeft)}.`
      : `If you think that was a mistake, tell them in another way. You may ask ${asksLeftWords(asksLeft)}.`;
  }
  return isForNetwork
    ? "No more requests are taken from there in this meeting. Talk to the host in another way, or sign in."
    : "You have asked as often as one may in one meeting. Talk to the host in another way.";
}

/** "12 seconds", "2 minutes": how long until something may be tried again. */
export function waitWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${Math.max(1, Math.ceil(seconds))} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
