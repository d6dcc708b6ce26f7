import type { StoreHub } from './store-hub.ts';

/**
 * Makes a memory that lasts from one login to its logout and is not written down: the next person's console
 * has a hub of its own, and finds nothing.
 */
export function sessionMemory<V>(): (hub: StoreHub) => Map<string, V> {
  const bySession = new WeakMap<StoreHub, Map<string, V>>();
  return (hub) => {
    const memory = bySession.get(hub) ?? new Map<string, V>();
    bySession.set(hub, memory);
    return memory;
  };
}
