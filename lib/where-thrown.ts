/**
 * Returns the first frames of an error's stack, without its message. Messages quote their input, and a message of several lines
 * can look like a frame, so it is cut off first.
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
