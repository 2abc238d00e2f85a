import "server-only";
import { after } from "next/server";
import type { Later } from "#lib/later.ts";
import { describeError, log } from "#lib/log.ts";

/** Runs work once the answer is sent. A Lambda is suspended between requests, so this uses Next, which keeps it awake. */
export const later: Later = (work) => {
  after(async () => {
    try {
      await work();
    } catch (error) {
      log("warn", "later.failed", { error: describeError(error) });
    }
  });
};
