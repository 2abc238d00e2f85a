"use client";
import { useEffect, useEffectEvent } from "react";

const MARK = "veetInside";

/** `unknown` while it is not decided: after a reload the mark of before stays until then. */
export type HistoryStep = "unknown" | "outside" | "inside";

/**
 * Gives waiting and the call a step of their own in the tab's history, so that the back button leads out of them and not
 * out of the page. The step goes when they end in another way, and then the back button does what it did before.
 *
 * @param onBack - The person pressed Back while inside. Return true to stay, which puts the step back.
 */
export function useEntryHistory(step: HistoryStep, onBack: () => boolean): void {
  const back = useEffectEvent(onBack);
  useEffect(() => {
    if (step === "inside") return stepIn();
    if (step === "outside" && isMarked()) stepBack();
  }, [step]);
  useEffect(() => {
    if (step !== "inside") return;
    const listen = () => {
      if (!isMarked() && back()) mark();
    };
    addEventListener("popstate", listen);
    return () => removeEventListener("popstate", listen);
  }, [step]);
}

const isMarked = () => (history.state as Record<string, unknown> | null)?.[MARK] === true;
const mark = () => history.pushState({ [MARK]: true }, "");

/** `back()` takes effect later, and until then it is under way. */
let isGoingBack = false;

/** The mark goes first: React may run the effect a second time before the step is taken, and two steps leave the page. */
function stepBack(): void {
  history.replaceState({ ...(history.state as object), [MARK]: false }, "");
  isGoingBack = true;
  addEventListener("popstate", () => (isGoingBack = false), { once: true });
  history.back();
}

/** After a step back that is still under way, which would take away the new mark. */
function stepIn(): (() => void) | undefined {
  if (isGoingBack) {
    addEventListener("popstate", mark, { once: true });
    return () => removeEventListener("popstate", mark);
  }
  if (!isMarked()) mark();
  return undefined;
}
