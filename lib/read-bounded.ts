import { AppError } from "./errors.ts";

/**
 * Reads a body of at most `maxBytes`. Counts while it reads: a chunked body declares no length, and a declared one may be wrong.
 *
 * @throws AppError `body_too_large`; what the stream throws when the sender goes away.
 */
export async function readBounded(request: Request, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new AppError("body_too_large");
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, so the rest is never received.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError("body_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
