/**
 * A network address, in the form by which callers are distinguished. IPv6 subscribers hold a /64 or more, so addresses within
 * one count as one. A port, if any, is dropped.
 *
 * @param entry - As a proxy writes it into `x-forwarded-for`, or a socket reports it.
 */
export function networkOf(entry: string): string {
  const address = entry.replace(/^\[(.*)\](:\d+)?$/, "$1").toLowerCase();
  if (address.includes(".")) return address.replace(/^::ffff:/, "").replace(/:\d+$/, "");
  if (!address.includes(":")) return address;
  return expand(address).slice(0, 4).join(":");
}

/** Writes out the zeros that `::` stands for, as eight groups. */
function expand(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill("0"), ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}
