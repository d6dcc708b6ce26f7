import pg from 'pg';
import { cpuMs } from './cpu-time.ts';

/** Transactions of this process, as they were while it was watched. */
export interface TransactionWatch {
  /**
   * The longest that was computed between two statements of one transaction, in ms of the processor's time.
   */
  readonly longestMs: () => number;
  /** How many transactions ended. */
  readonly ended: () => number;
  /** How many statements were sent, inside transactions and outside. */
  readonly statements: () => number;
  stop(): void;
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/**
 * Watches every transaction of this process: from the reply to a statement until the next statement
 * PostgreSQL waits, with the locks of the transaction held and its patience running out.
 */
export function watchTransactions(): TransactionWatch {
  const prototype: { query: Query } = pg.Client.prototype as never;
  const original = prototype.query;
  const repliedAt = new WeakMap<pg.Client, number>();
  let [longest, ended, statements] = [0, 0, 0];
  prototype.query = function watched(...args) {
    statements += 1;
    const before = repliedAt.get(this);
    if (before !== undefined) longest = Math.max(longest, cpuMs() - before);
    const text = String(args[0]);
    const reply = original.apply(this, args);
    if (!(reply instanceof Promise)) return reply;
    const isLast = /^(?:commit|rollback)/i.test(text);
    if (isLast) ended += 1;
    const isInside = /^(?:begin|start transaction)/i.test(text) || before !== undefined;
    return reply.finally(() => (isInside && !isLast ? repliedAt.set(this, cpuMs()) : repliedAt.delete(this)));
  };
  return {
    longestMs: () => longest,
    ended: () => ended,
    statements: () => statements,
    stop: () => void (prototype.query = original),
  };
}
