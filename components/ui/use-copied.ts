"use client";
import { useEffect, useState } from "react";

export type CopyState = "idle" | "copied" | "failed";

/** Puts text on the clipboard and says for two seconds how that went. */
export function useCopied(): [CopyState, (text: string) => void] {
  const [state, setState] = useState<CopyState>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (text: string) => {
    // Missing on plain http, rejected without permission: both show as failed, and the user can select the text.
    const writing = navigator.clipboard
      ? navigator.clipboard.writeText(text)
      : Promise.reject(new Error("no clipboard"));
    writing.then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  return [state, copy];
}
