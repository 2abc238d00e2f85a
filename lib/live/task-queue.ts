/**
 * Runs one task after the other, in the order they were added, even after failures.
 *
 * @returns a function that adds a task; its promise settles as the task does.
 */
export function createTaskQueue(): (task: () => unknown) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => (last = last.then(task, task)) as Promise<void>;
}
