/**
 * Does one thing after the other, in the order asked, whatever becomes of each.
 *
 * @returns what to hand a task to; its promise settles as the task does.
 */
export function createTaskQueue(): (task: () => unknown) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => (last = last.then(task, task)) as Promise<void>;
}
