import { AppError } from "#lib/errors.ts";

/** How often a decision is repeated after it lost a race. */
const REPEATS = 2;

/**
 * Decides, and decides again from fresh facts when the room changed between reading and storing.
 *
 * @throws AppError `changed_meanwhile` when it changes faster than we decide.
 */
export async function untilSettled<T>(decide: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await decide(attempt);
    } catch (error) {
      const isLostRace = error instanceof AppError && error.code === "changed_meanwhile";
      if (!isLostRace || attempt >= REPEATS) throw error;
    }
  }
}
