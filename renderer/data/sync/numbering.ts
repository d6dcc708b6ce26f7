import { isAside } from './touches.ts';
import type { PendingCommand } from './sync-store.ts';

/**
 * Numbers of commands that stand aside begin here and go up: they are never sent, stand before all that are,
 * and keep their order among themselves.
 */
const ASIDE_FROM = -1_000_000_000;

/** The state of a command that was just given. */
export const stateOf = (isBehind: boolean): PendingCommand['state'] => (isBehind ? 'behind' : 'queued');

type Unnumbered = Omit<PendingCommand, 'seq'>;

/** Numbers what is added to an outbox: from `nextSeq` on, and aside after what stands aside. */
export function numberAdded(
  outbox: readonly PendingCommand[],
  nextSeq: number,
  added: readonly Unnumbered[],
): { readonly items: readonly PendingCommand[]; readonly nextSeq: number } {
  let next = nextSeq;
  let aside = Math.max(ASIDE_FROM, ...outbox.filter(isAside).map(({ seq }) => seq + 1));
  const items = added.map((item) => ({ ...item, seq: isAside(item) ? aside++ : next++ }));
  return { items, nextSeq: next };
}

/** Numbers a whole outbox anew, from 1. In the order of `seq` again. */
export function numberAnew(items: readonly Unnumbered[]): {
  readonly items: readonly PendingCommand[];
  readonly nextSeq: number;
} {
  const { items: numbered, nextSeq } = numberAdded([], 1, items);
  return { items: numbered.toSorted((a, b) => a.seq - b.seq), nextSeq };
}
