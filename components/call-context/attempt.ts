import { toast } from "#components/ui/toast.tsx";
import { problemText } from "./problem-text.ts";

/** Runs an action and shows a toast when it fails. Resolves to undefined then. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    toast(problemText(error), { position: "top-center" });
    return undefined;
  }
}
