/** Whether a server answers within this many milliseconds with anything but an error of its own. */
export async function doesAnswer(address: string, timeoutMs: number): Promise<boolean> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    return answer.status < 500;
  } catch {
    return false;
  }
}
