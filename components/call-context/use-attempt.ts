"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "#components/ui/toast.tsx";
import { problemText } from "./problem-text.ts";

/** Runs an action and shows a toast when it fails. Resolves to undefined then. */
export type Attempt = <T>(action: () => Promise<T>) => Promise<T | undefined>;

export function useAttempt(): Attempt {
  const t = useTranslations();
  return useCallback(
    async <T>(action: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await action();
      } catch (error) {
        toast(problemText(t, error), { position: "top-center" });
        return undefined;
      }
    },
    [t],
  );
}
