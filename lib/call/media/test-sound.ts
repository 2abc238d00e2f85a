/** Two soft notes, half a second each: long enough to turn a knob, short enough for an office. */
const NOTES_HZ = [523.25, 659.25];
const NOTE_SECONDS = 0.45;

/**
 * Plays a test sound on a speaker.
 *
 * @param speakerId - undefined for the system's default; ignored where the browser cannot choose.
 * @returns when it has ended.
 */
export async function playTestSound(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  try {
    await playOn(context, speakerId);
    await context.resume();
    NOTES_HZ.forEach((hertz, index) => playNote(context, hertz, context.currentTime + index * NOTE_SECONDS));
    await new Promise((resolve) => setTimeout(resolve, NOTES_HZ.length * NOTE_SECONDS * 1000 + 100));
  } finally {
    await context.close();
  }
}

function playNote(context: AudioContext, hertz: number, at: number): void {
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.2, at + 0.03);
  volume.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
  const tone = context.createOscillator();
  tone.frequency.value = hertz;
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_SECONDS);
}

type SinkableContext = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/**
 * Makes a context play on a speaker. Where the browser cannot choose, or the speaker is gone, it plays on the system's default.
 */
export async function playOn(context: SinkableContext, speakerId: string | undefined): Promise<void> {
  await context.setSinkId?.(speakerId ?? "").catch(() => {});
}
