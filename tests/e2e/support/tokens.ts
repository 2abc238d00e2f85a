/** A LiveKit token that a browser received, decoded. */
export type HeldToken = { raw: string; room: string; identity: string };

const JWT = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g;

/** Finds every LiveKit token in a text, whatever surrounds it: JSON, HTML, a URL, a binary frame read as latin1. */
export function tokensIn(text: string): HeldToken[] {
  return [...new Set(text.match(JWT) ?? [])].flatMap((raw) => read(raw) ?? []);
}

/** The lobby's rooms are `lobby.<session>`; every other room holds a meeting. */
export function isMainRoom({ room }: HeldToken): boolean {
  return !room.startsWith("lobby.");
}

function read(raw: string): HeldToken | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(raw.split(".")[1] ?? "", "base64url").toString("utf8"));
    const { sub, video } = claims as { sub?: string; video?: { room?: string; roomJoin?: boolean } };
    // Any video grant counts, even one without a room: it would be worse.
    return video ? { raw, room: video.room ?? "", identity: sub ?? "" } : undefined;
  } catch {
    return undefined;
  }
}
