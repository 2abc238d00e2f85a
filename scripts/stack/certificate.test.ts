import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificateFor } from "./certificate.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-certificate-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("the certificate names the LAN address and localhost, is reused, and is created again for another address", async () => {
  const file = join(directory, "certificate.json");
  const first = await certificateFor("192.168.1.7", file);
  const parsed = new X509Certificate(first.cert);
  expect([parsed.checkIP("192.168.1.7"), parsed.checkHost("localhost")]).toEqual(["192.168.1.7", "localhost"]);
  expect((await stat(file)).mode & 0o077).toBe(0);

  expect(await certificateFor("192.168.1.7", file)).toEqual(first);
  expect(await certificateFor("10.0.0.1", file)).not.toEqual(first);
});
