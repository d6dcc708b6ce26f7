/** News of changes to those who watch. Without arguments it fits `useSyncExternalStore`. */
export interface Signal<A extends readonly unknown[]> {
  readonly tell: (...news: A) => void;
  /** Calls `listener` at every {@link tell}; gives the function that ends it. */
  readonly watch: (listener: (...news: A) => void) => () => void;
}

export function makeSignal<A extends readonly unknown[] = []>(): Signal<A> {
  const listeners = new Set<(...news: A) => void>();
  return {
    tell: (...news) => listeners.forEach((listener) => listener(...news)),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
