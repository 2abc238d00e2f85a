/**
 * Licences that are accepted for shipped packages. All can be part of a work under Apache-2.0 if their notices are kept. The LGPL is
 * accepted for libvips only: a shared library that `sharp` loads and that anyone can replace.
 */
export const ACCEPTED = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "OFL-1.1",
] as const;
const LGPL = "LGPL-3.0-or-later";

/** Whether an SPDX expression is accepted for this package: every part of an AND, and at least one part of each OR. */
export function isAccepted({ name, licence }: { name: string; licence: string }): boolean {
  const accepted: readonly string[] = name.startsWith("@img/sharp-") ? [...ACCEPTED, LGPL] : ACCEPTED;
  const alternatives = licence.replaceAll(/[()]/g, "").split(" OR ");
  return alternatives.some((alternative) => alternative.split(" AND ").every((part) => accepted.includes(part)));
}
