/**
 * Where an error was thrown: the first frames of its stack, without its message. Messages quote what they were given, and a
 * message of several lines can even look like a frame, so it is cut off before the lines are read.
 */
export function whereThrown(error: Error): string | undefined {
  const { stack = "", message } = error;
  const at = stack.indexOf(message);
  if (at < 0) return undefined;
  const frames = stack.slice(at + message.length).split("\n");
  return frames
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim())
    .join(" < ");
}
