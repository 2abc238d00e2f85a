/** What to tell somebody whose text holds no meeting code: what is missing in theirs. */
export function codeComplaint(text: string): string {
  const letters = text.replaceAll(/[\s-]/g, "");
  if (letters === "") return "Type the code, or paste the whole link you were sent.";
  if (text.includes("/")) return "This link leads to no meeting here. It should end like /meet/abc-defg-hij.";
  if (/[^a-z]/i.test(letters)) return "A code has only letters, like abc-defg-hij.";
  return `A code has 10 letters, like abc-defg-hij; this has ${letters.length}.`;
}
