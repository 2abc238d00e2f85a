/** One of several writers to a terminal. */
export type Writer = { write: (text: string) => void; end: () => void };

/**
 * Lets several stages write at the same time and shows them one after the other: the first unfinished one live, the others when it is
 * their turn.
 */
export function createFrontOutput(show: (text: string) => void): () => Writer {
  const queue: { kept: string[]; hasEnded: boolean }[] = [];
  const showWhatIsDue = () => {
    for (let front = queue[0]; front; front = queue[0]) {
      for (const text of front.kept.splice(0)) show(text);
      if (!front.hasEnded) return;
      queue.shift();
    }
  };
  return () => {
    const own = { kept: [] as string[], hasEnded: false };
    queue.push(own);
    return {
      write(text) {
        own.kept.push(text);
        showWhatIsDue();
      },
      end() {
        own.hasEnded = true;
        showWhatIsDue();
      },
    };
  };
}
