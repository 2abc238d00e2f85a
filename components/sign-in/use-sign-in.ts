"use client";
import { useState } from "react";
import { beginSignIn } from "#lib/auth/session-client.ts";
import type { SignInProblem } from "#lib/auth/sign-in-error.ts";
import { AppError } from "#lib/errors.ts";

type Wanted = { way: string; name?: string; email?: string };

/** Signs in and leaves the page; what kept it from that is `failure`. */
export function useSignIn(returnTo: string) {
  const [busyWay, setBusyWay] = useState<string>();
  const [failure, setFailure] = useState<SignInProblem>();

  const begin = (wanted: Wanted) => {
    setBusyWay(wanted.way);
    setFailure(undefined);
    beginSignIn({ ...wanted, callbackUrl: returnTo }).then(
      // Stays busy: the browser is on its way.
      (url) => window.location.assign(url),
      (error: unknown) => {
        setBusyWay(undefined);
        setFailure(error instanceof AppError && error.code === "rate_limited" ? "tooOften" : "silent");
      },
    );
  };
  return { begin, busyWay, failure };
}
