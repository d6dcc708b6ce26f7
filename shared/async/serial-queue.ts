/**
 * Runs one piece of work at a time, in the order of the calls; the next begins whatever became of the one
 * before. Resolves and rejects as the work does.
 */
export type SerialQueue = <T>(work: () => PromiseLike<T>) => Promise<T>;

/** A new {@link SerialQueue} with nothing in it. */
export function serialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => PromiseLike<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
