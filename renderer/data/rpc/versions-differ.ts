import type { MethodReply } from './message.ts';
import type { MethodTable } from './method-table.ts';

/** Two windows are of builds that cannot work together. Nothing was done; to reload them mends it. */
export class VersionsDifferError extends Error {
  override readonly name = 'versions_differ';
}

/** True when every method of `table` is among `methods`. */
export const hasNoMoreThan = (table: MethodTable, methods: readonly string[]): boolean =>
  Object.keys(table).every((method) => methods.includes(method));

/**
 * Tells from a reply the build of the window that gave it: `older` than this one, as it has some of our
 * methods and no other; `other` when nothing more can be said; null when the reply is about something else.
 */
export function ownerBuild(table: MethodTable, reply: MethodReply<unknown>): 'older' | 'other' | null {
  if (reply.ok) return null;
  // The first builds send a failure without its name, and cannot hand over.
  if (reply.name === undefined) return 'other';
  if (reply.methods === undefined) return null;
  return reply.methods.every((method) => Object.hasOwn(table, method)) ? 'older' : 'other';
}
