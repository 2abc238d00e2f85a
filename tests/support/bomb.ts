import { once } from "node:events";
import { execFileSync } from "node:child_process";
import type { Duplex } from "node:stream";
import { createDeflateRaw } from "node:zlib";

const MB = 1024 * 1024;

/** Zeros, deflated as in a WebSocket message: a thousandth of their size. */
export async function deflatedZeros(megabytes: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 9 });
  const chunks: Buffer[] = [];
  deflate.on("data", (chunk: Buffer) => chunks.push(chunk));
  const zeros = Buffer.alloc(MB);
  for (let written = 0; written < megabytes; written += 1) {
    if (!deflate.write(zeros)) await once(deflate, "drain");
  }
  deflate.end();
  await once(deflate, "end");
  return Buffer.concat(chunks);
}

/** One WebSocket frame from a browser. Its mask is 0, so that the payload is sent unchanged. */
export function frameHeader(bytes: number, isCompressed: boolean): Buffer {
  const header = Buffer.alloc(14);
  header[0] = isCompressed ? 0xc2 : 0x82;
  header[1] = 0xff;
  header.writeBigUInt64BE(BigInt(bytes), 2);
  return header;
}

/** Sends one message as fast as the other side reads it. @returns how many bytes were sent when the connection ended. */
export async function sendMessage(
  socket: Duplex,
  message: { megabytes: number } | { deflated: Buffer },
): Promise<number> {
  socket.resume();
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  const isPlain = "megabytes" in message;
  const bytes = isPlain ? message.megabytes * MB : message.deflated.byteLength;
  socket.write(frameHeader(bytes, !isPlain));
  if (!isPlain) socket.write(message.deflated);
  let sent = isPlain ? 0 : bytes;
  const piece = Buffer.alloc(MB);
  while (sent < bytes && socket.writable) {
    sent += piece.byteLength;
    if (!socket.write(piece)) await Promise.race([once(socket, "drain"), closed]);
  }
  await closed;
  return sent;
}

/** The memory that a process holds, in MB. */
export function residentMb(pid: number): number {
  return Math.round(Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024);
}
