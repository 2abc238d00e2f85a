"use client";
import { useState } from "react";
import { beginSignIn } from "#lib/auth/session-client.ts";
import { signInErrorText } from "#lib/auth/sign-in-error.ts";
import { AppError } from "#lib/errors.ts";

type Wanted = { way: string; name?: string; email?: string };

/** Signs in and leaves the page; what kept it from that is `failure`, as a sentence. */
export function useSignIn(returnTo: string) {
  const [busyWay, setBusyWay] = useState<string>();
  const [failure, setFailure] = useState<string>();

  const begin = (wanted: Wanted) => {
    setBusyWay(wanted.way);
    setFailure(undefined);
    beginSignIn({ ...wanted, callbackUrl: returnTo }).then(
      // Stays busy: the browser is on its way.
      (url) => window.location.assign(url),
      (error: unknown) => {
        setBusyWay(undefined);
        setFailure(
          signInErrorText(error instanceof AppError && error.code === "rate_limited" ? error.code : "OAuthSignin"),
        );
      },
    );
  };
  return { begin, busyWay, failure };
}
