import type { TextKey } from "#components/texts/texts.ts";

/** A key of `home`, and what its text needs. */
export type CodeProblem = { key: `home.code${string}` & TextKey; count: number };

/** What is wrong with a text that contains no meeting code. */
export function codeProblem(text: string): CodeProblem {
  const trimmed = text.trim();
  const letters = trimmed.replaceAll(/[\s\p{Pd}]/gu, "");
  const problem = (key: CodeProblem["key"]) => ({ key, count: letters.length });
  if (letters === "") return problem("home.codeMissing");
  if (/^\S*\/\S*$/.test(trimmed)) return problem("home.codeOtherLink");
  if ((trimmed.match(/\p{L}{2,}/gu) ?? []).length > 4) return problem("home.codeNotFound");
  if (/[^a-z]/i.test(letters)) return problem("home.codeLettersOnly");
  return problem("home.codeLength");
}
