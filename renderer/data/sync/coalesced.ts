/**
 * Runs `work` again after it ends when it was called for meanwhile: a burst of calls costs two runs, not a
 * hundred. Resolves when nothing is left to do, and rejects as `work` does. Once `isOver` is true no run
 * begins.
 */
export function coalesced(work: () => Promise<void>, isOver = (): boolean => false): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const run = async (): Promise<void> => {
    try {
      do {
        isWanted = false;
        await work();
      } while (isWanted && !isOver());
    } finally {
      running = null;
    }
  };
  return () => {
    if (isOver()) return Promise.resolve();
    isWanted = true;
    running ??= run();
    return running;
  };
}
