import { databaseOf, type Database } from './database.ts';

/**
 * Makes a memory of this process, by region and for each database that it is connected to: what was read of
 * one is never given to those who ask another. It is asked for by a connection or a transaction of it.
 */
export function regionMemory<T>(): (asked: Database) => Map<string, T> {
  const memories = new WeakMap<Database, Map<string, T>>();
  return (asked) => {
    const db = databaseOf(asked);
    const memory = memories.get(db) ?? new Map<string, T>();
    memories.set(db, memory);
    return memory;
  };
}
