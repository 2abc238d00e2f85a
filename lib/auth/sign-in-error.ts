/** next-auth's codes → what somebody reads who could not sign in. */
const SENTENCES: Record<string, string> = {
  AccessDenied: "You did not allow it, or this account may not sign in here.",
  CredentialsSignin: "That did not work. Check the name and the e-mail address.",
  OAuthSignin: "The sign-in service did not answer. Try again in a minute.",
  OAuthCallback: "The sign-in was not finished, or it took too long. Try again.",
  Callback: "The sign-in was not finished, or it took too long. Try again.",
  Configuration: "Sign-in is not set up correctly here. Whoever runs this site can see why in its log.",
  SessionRequired: "Sign in to go on.",
  rate_limited: "Too many tries from your network. Wait a minute, then try again.",
};

/** @returns what to tell the person; a general sentence for a code we do not know, undefined for none. */
export function signInErrorText(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : "That did not work. Try again.";
}
