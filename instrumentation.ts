/** Next calls this once, before the first request, so that a misconfigured server reports the problem and does not start. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkStartOrExit } = await import("#lib/auth/check-start.ts");
  checkStartOrExit();
}
