import { connect } from "node:net";

export type RawAnswer = { status: number; headers: Record<string, string>; body: string };
type RawRequest = { method: string; target: string; headers: readonly (readonly [string, string])[]; body: string };

/** In milliseconds. Longer than any answer takes on a busy machine. */
const PATIENCE_MS = 30_000;

/** Sends a request byte for byte, because client libraries refuse to send malformed ones. */
export function sendRaw(port: number, { method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  const bytes = Buffer.from(body, "utf8");
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(bytes.length > 0 ? [`Content-Length: ${bytes.length}`] : []),
    "Connection: close",
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`No answer to ${method} ${target}`)));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // The server may answer and close before it has read the whole body.
      if (chunks.length > 0 && /EPIPE|ECONNRESET/.test(error.code ?? "")) resolve(parse(chunks));
      else reject(error);
    });
    socket.on("end", () => resolve(parse(chunks)));
    socket.write(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), bytes]));
  });
}

function parse(chunks: Buffer[]): RawAnswer {
  // An interim answer comes first if the request expects it.
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "");
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  const body = rest.join("\r\n\r\n");
  const isChunked = headers["transfer-encoding"] === "chunked";
  return { status: Number(statusLine.split(" ")[1]), headers, body: isChunked ? withoutChunks(body) : body };
}

/** Good enough for ASCII bodies, such as errors. */
function withoutChunks(body: string): string {
  return body.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/gi, "").replace(/\r\n$/, "");
}
