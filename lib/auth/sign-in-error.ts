/** next-auth's codes → what a user reads whose sign-in failed. */
const SENTENCES: Record<string, string> = {
  AccessDenied: "Access was declined by the sign-in service.",
  CredentialsSignin: "Couldn’t sign in. Check the name and the email address.",
  OAuthSignin: "The sign-in service didn’t respond. Try again in a minute.",
  OAuthCallback: "Sign-in wasn’t finished or took too long. Try again.",
  Callback: "Sign-in wasn’t finished or took too long. Try again.",
  Configuration: "Sign-in isn’t set up correctly here. The operator can find the reason in the server log.",
  SessionRequired: "Sign in to continue.",
  rate_limited: "Too many attempts from your network. Wait a minute, then try again.",
};

/** Why a user who did sign in at their provider gets no session here, by the codes in the page's address. */
const REFUSALS: Record<string, string> = {
  host_not_allowed: "This account can’t host meetings here",
  email_not_verified: "Your e-mail address is not verified",
  account_blocked: "This account is blocked",
};
/** What the user can do, after the sentence on who can host. */
const REMEDIES: Record<string, string> = {
  host_not_allowed: "Sign in with another account, or ask the operator of this site.",
  email_not_verified: "Verify it with your sign-in service, then sign in again.",
  account_blocked: "The operator of this site blocked it. Ask them if you think that is a mistake.",
};

export type SignInRefusal = { code: string; title: string; text: string };

/**
 * @param hosts - Who can host here, as a sentence.
 * @returns what a refused user reads; undefined for any other code.
 */
export function signInRefusal(code: string | undefined, hosts: string): SignInRefusal | undefined {
  if (code === undefined || !Object.hasOwn(REFUSALS, code)) return undefined;
  const remedy = REMEDIES[code] ?? "";
  return { code, title: REFUSALS[code] ?? "", text: code === "account_blocked" ? remedy : `${hosts} ${remedy}` };
}

/** @returns what to show the user; a general sentence for an unknown code, undefined for none. */
export function signInErrorText(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : "Something went wrong. Try again.";
}
