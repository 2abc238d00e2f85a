import { X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { generate } from "selfsigned";

export type Certificate = { key: string; cert: string };

const DAY_MS = 86_400_000;
/** Safari refuses certificates that are valid for longer than 825 days. */
const VALID_DAYS = 397;

/** A self-signed certificate for this address and localhost; kept, so that a phone that trusts it does not have to again. */
export async function certificateFor(address: string, file: string): Promise<Certificate> {
  const kept = await readFile(file, "utf8").then(parse, () => undefined);
  if (kept && isGoodFor(kept, address)) return kept;
  const { private: key, cert } = await generate([{ name: "commonName", value: "Veet on this machine" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 7, ip: address },
          { type: 7, ip: "127.0.0.1" },
          { type: 2, value: "localhost" },
        ],
      },
    ],
  });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ key, cert }), { mode: 0o600 });
  return { key, cert };
}

function parse(text: string): Certificate | undefined {
  const stored: unknown = JSON.parse(text);
  const key: unknown = Reflect.get(Object(stored), "key");
  const cert: unknown = Reflect.get(Object(stored), "cert");
  return typeof key === "string" && typeof cert === "string" ? { key, cert } : undefined;
}

function isGoodFor({ cert }: Certificate, address: string): boolean {
  const parsed = new X509Certificate(cert);
  return parsed.checkIP(address) !== undefined && Date.parse(parsed.validTo) > Date.now() + 7 * DAY_MS;
}
