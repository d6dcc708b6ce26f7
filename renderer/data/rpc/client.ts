import type { MethodArgs, Carry, MethodTable, ServiceOf } from './method-table.ts';

type Draft<T extends MethodTable> = { -readonly [M in keyof T]?: ServiceOf<T>[M] };

/** The service of a table as an object: each method hands its arguments to `carry`. */
export function clientOf<T extends MethodTable>(table: T, carry: Carry<T>): ServiceOf<T> {
  const client: Draft<T> = {};
  const isComplete = (draft: Draft<T>): draft is ServiceOf<T> =>
    Object.keys(table).every((name) => name in draft);
  const add = <M extends keyof T>(name: M): void => {
    client[name] = (...args: MethodArgs<T, M>) => carry(name, args);
  };
  for (const name in table) add(name);
  if (!isComplete(client)) throw new Error('A method of the table was left out');
  return client;
}
