/** next-auth's codes → what somebody reads who could not sign in. */
const SENTENCES: Record<string, string> = {
  AccessDenied: "Access was declined, or this account can’t sign in here.",
  CredentialsSignin: "Couldn’t sign in. Check the name and the email address.",
  OAuthSignin: "The sign-in service didn’t respond. Try again in a minute.",
  OAuthCallback: "Sign-in wasn’t finished or took too long. Try again.",
  Callback: "Sign-in wasn’t finished or took too long. Try again.",
  Configuration: "Sign-in isn’t set up correctly here. The operator can find the reason in the server log.",
  SessionRequired: "Sign in to continue.",
  rate_limited: "Too many attempts from your network. Wait a minute, then try again.",
};

/** @returns what to tell the person; a general sentence for a code we do not know, undefined for none. */
export function signInErrorText(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : "Something went wrong. Try again.";
}
