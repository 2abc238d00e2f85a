/** The value of the only series with these labels, whatever its other labels; NaN when there is none. */
export function metricValue(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split("\n")
    .find((one) => one.startsWith(`${name}{`) && wanted.every((label) => new RegExp(`[{,]${label}[,}]`).test(one)));
  return Number(line?.split(" ").at(-1) ?? Number.NaN);
}
