/** What to tell somebody whose text holds no meeting code: what is missing in theirs. */
export function codeComplaint(text: string): string {
  const trimmed = text.trim();
  const letters = trimmed.replaceAll(/[\s\p{Pd}]/gu, "");
  if (letters === "") return "Type the code, or paste the whole link you were sent.";
  if (/^\S*\/\S*$/.test(trimmed)) return "This link leads to no meeting here. It should end like /meet/abc-defg-hij.";
  if ((trimmed.match(/\p{L}{2,}/gu) ?? []).length > 4)
    return "There is no meeting link or code in this text. A code looks like abc-defg-hij.";
  if (/[^a-z]/i.test(letters)) return "A code has only letters, like abc-defg-hij.";
  return `A code has 10 letters, like abc-defg-hij; this has ${letters.length}.`;
}
