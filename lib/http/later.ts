import "server-only";
import { after } from "next/server";
import type { Later } from "#lib/later.ts";
import { describeError, log } from "#lib/log.ts";

/** Works once the answer is sent. A Lambda stands still between requests, so this goes through Next, which keeps it awake. */
export const later: Later = (work) => {
  after(async () => {
    try {
      await work();
    } catch (error) {
      log("warn", "later.failed", { error: describeError(error) });
    }
  });
};
