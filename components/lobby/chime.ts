/** Two soft notes, made on the spot: no file to load and nothing to wait for. Frequencies in Hz, times in seconds. */
const NOTES = [
  { frequency: 659.3, at: 0 },
  { frequency: 880, at: 0.16 },
];
const NOTE_SECONDS = 0.5;
const LOUDNESS = 0.12;

let context: AudioContext | undefined;

/** Rings once. Silent where the browser does not allow sound yet; the card and the spoken words are there anyway. */
export async function chime(): Promise<void> {
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume();
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
