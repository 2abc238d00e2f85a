import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Stop } from "./stop.ts";

/** Generated once per machine and kept secret. */
export type Secrets = Record<(typeof NAMES)[number], string>;
const NAMES = ["nextAuth", "identity", "redisToken", "livekit"] as const;

export function createSecrets(): Secrets {
  const secret = () => randomBytes(32).toString("base64url");
  return { nextAuth: secret(), identity: secret(), redisToken: secret(), livekit: secret() };
}

/** Reads this machine's secrets; creates them at the first start. Only their owner can read the file. */
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
    // Reported below, like a file with missing entries.
  }
  throw new Stop(`${file} is damaged: delete it and run this again (who owns which local room is forgotten then).`);
}

function isSecrets(value: unknown): value is Secrets {
  return NAMES.every((name) => typeof Reflect.get(Object(value), name) === "string");
}
