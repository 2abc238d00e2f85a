import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/**
 * This checkout's local secrets, data and logs. Ignored by git.
 *
 * With VEET_DATA, a folder in the first one, a second `npm run dev` of the same checkout runs beside the first and shares nothing with it.
 */
export const LOCAL = join(ROOT, process.env.VEET_DATA ?? ".veet");
/** Downloaded programs, shared by all checkouts on this machine. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "veet");
/** Where package managers install programs, for when that is not on the PATH. */
export const SYSTEM_PROGRAMS = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/usr/sbin"];
