import { playOn } from "#lib/call/media/test-sound.ts";

/** Two soft notes, made on the spot: no file to load and nothing to wait for. Frequencies in Hz, times in seconds. */
const NOTES = [
  { frequency: 659.3, at: 0 },
  { frequency: 880, at: 0.16 },
];
const NOTE_SECONDS = 0.5;
const LOUDNESS = 0.12;
const START_LIMIT_MS = 500;

let context: AudioContext | undefined;

/**
 * Rings once. Silent where the browser does not allow sound yet; the card and the spoken words are there anyway.
 *
 * @param speakerId - undefined for the system's own choice.
 */
export async function chime(speakerId: string | undefined): Promise<void> {
  context ??= new AudioContext();
  await playOn(context, speakerId);
  // Without a click so far, the promise stays open until there is one: a knock of long ago must not ring then.
  await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, START_LIMIT_MS))]);
  if (context.state !== "running") return;
  for (const note of NOTES) ring(context, note.frequency, context.currentTime + note.at);
}

function ring(audio: AudioContext, frequency: number, startAt: number): void {
  const tone = new OscillatorNode(audio, { type: "sine", frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, startAt);
  volume.gain.linearRampToValueAtTime(LOUDNESS, startAt + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, startAt + NOTE_SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start(startAt);
  tone.stop(startAt + NOTE_SECONDS);
}
