import { type Store, createStore } from "#lib/live/store.ts";

/** Between two measurements, in milliseconds. */
const PERIOD_MS = 100;
/** Speech seldom exceeds a third of the full scale: stretched so that a normal voice fills the bar. */
const GAIN = 3;

/** Root mean square of a waveform around 128, as a share of what a loud voice reaches: 0 to 1. */
export function loudness(samples: Uint8Array): number {
  let sum = 0;
  for (const sample of samples) sum += ((sample - 128) / 128) ** 2;
  return Math.min(1, GAIN * Math.sqrt(sum / Math.max(1, samples.length)));
}

/**
 * The loudness of the microphone. Measures only while there is a subscriber.
 *
 * @param microphone - The track that is open now, if any; followed when it changes.
 */
export function createLevel(microphone: Store<MediaStreamTrack | undefined>): Store<number> {
  return createStore(0, (set) => {
    let meter = openMeter(microphone.getSnapshot());
    const unsubscribe = microphone.subscribe(() => {
      meter?.close();
      meter = openMeter(microphone.getSnapshot());
      if (!meter) set(0);
    });
    const timer = setInterval(() => set(Math.round((meter?.read() ?? 0) * 100) / 100), PERIOD_MS);
    return () => {
      clearInterval(timer);
      unsubscribe();
      meter?.close();
      set(0);
    };
  });
}

function openMeter(track: MediaStreamTrack | undefined): { read: () => number; close: () => void } | undefined {
  if (!track || typeof AudioContext === "undefined") return undefined;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return {
    read() {
      // A context made before the first click is suspended; it can resume once the user has touched the page.
      if (context.state === "suspended") void context.resume().catch(() => {});
      analyser.getByteTimeDomainData(samples);
      return loudness(samples);
    },
    close: () => void context.close().catch(() => {}),
  };
}
