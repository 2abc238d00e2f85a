/** What is wrong with a text that contains no meeting code. */
export function codeProblem(text: string): string {
  const trimmed = text.trim();
  const letters = trimmed.replaceAll(/[\s\p{Pd}]/gu, "");
  if (letters === "") return "Enter the code or paste the meeting link.";
  if (/^\S*\/\S*$/.test(trimmed)) return "That’s not a meeting link. It should end like /meet/abc-defg-hij.";
  if ((trimmed.match(/\p{L}{2,}/gu) ?? []).length > 4)
    return "This text has no meeting link or code. Codes look like abc-defg-hij.";
  if (/[^a-z]/i.test(letters)) return "Meeting codes have only letters, like abc-defg-hij.";
  return `Meeting codes have 10 letters, like abc-defg-hij. This one has ${letters.length}.`;
}
