import type { Leg } from "./leg.ts";

type Connectable = Pick<Leg, "connect">;

/** A home leg that is not connected by then may be dead, and the others are what is left; in milliseconds. */
const HEAD_START_MS = 1_000;

/**
 * Connects to the home leg first, and to the others when it is done: they never slow it down, nor are they waited for.
 *
 * @returns when the home leg is connected or, where it cannot be, one of the others.
 * @throws whatever the home leg failed with, when there is no other either.
 */
export async function connectLegs(home: Connectable, others: readonly Connectable[]): Promise<void> {
  let trying: Promise<void>[] | undefined;
  const begin = () => {
    trying ??= others.map((leg) => leg.connect());
    // Whoever is not waited for fails in silence: a standby is retried, and nobody is to worry.
    for (const one of trying) one.catch(() => {});
    return trying;
  };
  const timer = setTimeout(() => void begin(), HEAD_START_MS);
  try {
    await home.connect();
    void begin();
  } catch (error) {
    await Promise.any(begin()).catch(() => {
      throw error;
    });
  } finally {
    clearTimeout(timer);
  }
}
