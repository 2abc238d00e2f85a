/** next-auth's codes → what somebody reads who could not sign in. */
const SENTENCES: Record<string, string> = {
  AccessDenied: "The sign-in was not allowed at the sign-in service.",
  CredentialsSignin: "That did not work. Check the name and the e-mail address.",
  OAuthSignin: "The sign-in service did not answer. Try again in a minute.",
  OAuthCallback: "The sign-in was not finished, or it took too long. Try again.",
  Callback: "The sign-in was not finished, or it took too long. Try again.",
  Configuration: "Sign-in is not set up correctly here. Whoever runs this site can see why in its log.",
  SessionRequired: "Sign in to go on.",
  rate_limited: "Too many tries from your network. Wait a minute, then try again.",
};

/** Why someone who did sign in at their provider gets no session here, in the codes of the page's address. */
const REFUSALS: Record<string, string> = {
  host_not_allowed: "This account can’t host meetings here",
  email_not_verified: "Your e-mail address is not verified",
  account_blocked: "This account is blocked",
};
/** What a user can do, after the sentence on who can host. */
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

/** @returns what to tell the person; a general sentence for a code we do not know, undefined for none. */
export function signInErrorText(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : "That did not work. Try again.";
}
