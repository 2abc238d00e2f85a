import { toast } from "sonner";
import { problemText } from "./problem-text.ts";

/** Does something and tells in a sentence when it failed. Resolves undefined then. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    toast(problemText(error), { position: "top-center" });
    return undefined;
  }
}
