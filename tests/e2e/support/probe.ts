/** What one incoming audio track has carried so far. */
export type AudioSample = {
  packets: number;
  /** By the page's monotonic clock: when something loud enough to hear was played last, and when the track was first seen. */
  loudAtMs: number;
  firstSeenMs: number;
};

/** What `installProbe` leaves on the window. */
export type Probe = {
  channelTexts: string[];
  /** Notes played by an oscillator: the knock's chime has two. */
  notes: number;
  /** Participant sid → what was received of it. Microphone and shared sound of one person count together. */
  audio: Record<string, AudioSample>;
  /** Incoming picture → frames decoded so far. A track that was subscribed once more is another one. */
  pictures: Record<string, number>;
};

declare global {
  interface Window {
    veetProbe?: Probe;
  }
}

/**
 * Runs in the page before its own scripts: watches every peer connection from outside, so that what is measured is what the
 * receiver got, whatever our own code believes. Self-contained, since it is sent to the browser as text.
 */
export function installProbe(): void {
  const connections = new Map<RTCPeerConnection, Map<string, string>>();
  const elements = new Set<HTMLMediaElement>();
  const energies = new Map<string, number>();
  const probe: Probe = { channelTexts: [], notes: 0, audio: {}, pictures: {} };
  window.veetProbe = probe;

  const listen = (channel: RTCDataChannel) => {
    channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (typeof data === "string") probe.channelTexts.push(data);
      if (data instanceof ArrayBuffer) probe.channelTexts.push(new TextDecoder("latin1").decode(data));
    });
  };
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const sidOfTrack = new Map<string, string>();
      connections.set(this, sidOfTrack);
      this.addEventListener("datachannel", ({ channel }) => listen(channel));
      // LiveKit names a stream `<participant sid>|<…>`.
      this.addEventListener("track", ({ track, streams }) => {
        sidOfTrack.set(track.id, streams[0]?.id.split("|")[0] ?? "");
      });
    }
    override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, init);
      listen(channel);
      return channel;
    }
  };

  const play = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function start(when) {
    probe.notes += 1;
    play.call(this, when);
  };

  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "srcObject");
  Object.defineProperty(HTMLMediaElement.prototype, "srcObject", {
    ...source,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      if (stream) elements.add(this);
      source?.set?.call(this, stream);
    },
  });
  const isPlayed = (trackId: string) =>
    [...elements].some(
      (element) =>
        !element.muted &&
        !element.paused &&
        element.volume > 0 &&
        element.srcObject instanceof MediaStream &&
        element.srcObject.getAudioTracks().some(({ id, enabled }) => id === trackId && enabled),
    );

  const sample = async () => {
    for (const [connection, sidOfTrack] of connections) {
      if (connection.connectionState === "closed") connections.delete(connection);
      const totals: Record<string, { packets: number; isLoud: boolean }> = {};
      (await connection.getStats()).forEach((report: RTCInboundRtpStreamStats) => {
        if (report.type === "inbound-rtp" && report.kind === "video")
          probe.pictures[report.trackIdentifier] = report.framesDecoded ?? 0;
        if (report.type !== "inbound-rtp" || report.kind !== "audio") return;
        const energy = report.totalAudioEnergy ?? 0;
        const gained = energy - (energies.get(report.trackIdentifier) ?? energy);
        energies.set(report.trackIdentifier, energy);
        const total = (totals[sidOfTrack.get(report.trackIdentifier) ?? ""] ??= { packets: 0, isLoud: false });
        total.packets += report.packetsReceived ?? 0;
        // Far below a fake microphone's beep, far above the comfort noise of a silent line.
        total.isLoud ||= gained > 1e-5 && isPlayed(report.trackIdentifier);
      });
      const nowMs = performance.now();
      for (const [sid, { packets, isLoud }] of Object.entries(totals)) {
        const { loudAtMs, firstSeenMs } = probe.audio[sid] ?? { loudAtMs: 0, firstSeenMs: nowMs };
        probe.audio[sid] = { packets, loudAtMs: isLoud ? nowMs : loudAtMs, firstSeenMs };
      }
    }
  };
  const loop = () =>
    void sample()
      .catch(() => {})
      .finally(() => setTimeout(loop, 300));
  loop();
}
