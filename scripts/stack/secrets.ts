import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Stop } from "./stop.ts";

/** Made once on a machine; nobody else knows them. */
export type Secrets = Record<(typeof NAMES)[number], string>;
const NAMES = ["nextAuth", "identity", "redisToken", "livekit"] as const;

export function createSecrets(): Secrets {
  const secret = () => randomBytes(32).toString("base64url");
  return { nextAuth: secret(), identity: secret(), redisToken: secret(), livekit: secret() };
}

/** Reads this machine's secrets, creating them at the first start. Readable by their owner only. */
export async function localSecrets(file: string): Promise<Secrets> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = createSecrets();
  try {
    await writeFile(file, JSON.stringify(fresh, undefined, 2), { mode: 0o600, flag: "wx" });
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return parse(await readFile(file, "utf8"), file);
}

function parse(text: string, file: string): Secrets {
  try {
    const stored: unknown = JSON.parse(text);
    if (isSecrets(stored)) return stored;
  } catch {
    // Told below, like a file that lacks something.
  }
  throw new Stop(`${file} is damaged: delete it and run this again (who owns which local room is forgotten then).`);
}

function isSecrets(value: unknown): value is Secrets {
  return NAMES.every((name) => typeof Reflect.get(Object(value), name) === "string");
}
