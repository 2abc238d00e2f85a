/** Whether a server says anything but that it is broken, within this many milliseconds. */
export async function doesAnswer(address: string, timeoutMs: number): Promise<boolean> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    return answer.status < 500;
  } catch {
    return false;
  }
}
