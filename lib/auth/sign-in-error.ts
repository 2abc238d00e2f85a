/** next-auth's codes → the text in `signIn` that a user reads whose sign-in failed. */
const PROBLEMS = {
  AccessDenied: "declined",
  CredentialsSignin: "wrongFields",
  OAuthSignin: "silent",
  OAuthCallback: "unfinished",
  Callback: "unfinished",
  Configuration: "misconfigured",
  SessionRequired: "required",
  rate_limited: "tooOften",
} as const;
export type SignInProblem = (typeof PROBLEMS)[keyof typeof PROBLEMS] | "failed";

/** Why a user who did sign in at their provider gets no session here, by the codes in the page's address. */
const REFUSALS = ["host_not_allowed", "email_not_verified", "account_blocked"] as const;
export type SignInRefusal = (typeof REFUSALS)[number];

/** @returns undefined for any other code. */
export function signInRefusal(code: string | undefined): SignInRefusal | undefined {
  return REFUSALS.find((refusal) => refusal === code);
}

/** @returns what to tell the user; `failed` for an unknown code, undefined for none. */
export function signInProblem(code: string | undefined): SignInProblem | undefined {
  if (code === undefined) return undefined;
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as keyof typeof PROBLEMS] : "failed";
}
