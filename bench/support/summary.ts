export type Unit = "ms" | "bytes" | "%" | "commands" | "kB";
/** The median of several runs, and their spread. */
export type Metric = { value: number; unit: Unit; runs: number; min: number; max: number };

export function summarize(values: readonly number[], unit: Unit): Metric {
  if (values.length === 0) throw new Error("Nothing was measured");
  const round = roundingOf(unit);
  const rounded = values.map(round).toSorted((a, b) => a - b);
  const at = (index: number) => rounded[index] ?? Number.NaN;
  const middle = (rounded.length - 1) / 2;
  const median = round((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2);
  return { value: median, unit, runs: values.length, min: at(0), max: at(rounded.length - 1) };
}

/** Commands to a tenth: the target of an idle node is one a minute. */
function roundingOf(unit: Unit): (value: number) => number {
  const parts = unit === "commands" ? 10 : 1;
  return (value) => Math.round(value * parts) / parts;
}
