type SinkableContext = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/**
 * Has a context play on a speaker. Where the browser cannot choose, or the speaker is gone, the system's own is better than
 * silence.
 */
export async function playOn(context: SinkableContext, speakerId: string | undefined): Promise<void> {
  await context.setSinkId?.(speakerId ?? "").catch(() => {});
}
