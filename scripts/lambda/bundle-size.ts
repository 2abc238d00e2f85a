import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { deflateRawSync } from "node:zlib";

/** Lambda's limit, unzipped, including layers. */
export const LARGEST_FUNCTION_BYTES = 250 * 2 ** 20;

/** Zip headers: one before each file, one per file in the directory at the end, and the end record. */
const LOCAL_HEADER = 30;
const DIRECTORY_ENTRY = 46;
const DIRECTORY_END = 22;

export type BundleSize = { unzippedBytes: number; zippedBytes: number };

/** A folder's size, unpacked and as the uploaded zip. */
export function bundleSize(folder: string): BundleSize {
  const size = { unzippedBytes: 0, zippedBytes: DIRECTORY_END };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    size.unzippedBytes += content.length;
    const nameBytes = Buffer.byteLength(relative(folder, path));
    size.zippedBytes += LOCAL_HEADER + DIRECTORY_ENTRY + 2 * nameBytes + deflateRawSync(content).length;
  }
  return size;
}
