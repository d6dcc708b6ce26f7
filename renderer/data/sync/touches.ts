import type { PendingCommand } from './sync-store.ts';

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/**
 * Ids that a command changes or looks at: its incident or record, the incident a merge points at, that of an
 * example case, and the records saved together. Whatever shares one of them with an earlier command depends
 * on it: replies, files and notes are their incident's.
 */
export function touchesOf({ incident, args }: Pick<PendingCommand, 'incident' | 'args'>): readonly string[] {
  const rows = fieldOf(args, 'rows');
  const others = [
    fieldOf(args, 'into'),
    fieldOf(fieldOf(args, 'row'), 'incident'),
    ...(Array.isArray(rows) ? rows.map((row: unknown) => fieldOf(row, 'id')) : []),
  ];
  return [incident, ...others.filter((id) => typeof id === 'string')];
}

/** True when a command depends on one of those that stand aside, or on what waits behind them. */
export const isBehind = (
  item: Pick<PendingCommand, 'incident' | 'args'>,
  outbox: readonly PendingCommand[],
): boolean => {
  const blocked = new Set(outbox.filter(isAside).flatMap(touchesOf));
  return touchesOf(item).some((id) => blocked.has(id));
};

/** `shelved` or `behind`: it stands outside of the numbering until a person has decided. */
export const isAside = ({ state }: Pick<PendingCommand, 'state'>): boolean =>
  state === 'shelved' || state === 'behind';

/**
 * Gives the outbox, in its order, with the states that follow from its shelved commands: what depends on one
 * waits behind it, everything else goes on.
 */
export function withBehind(items: readonly PendingCommand[]): readonly PendingCommand[] {
  const blocked = new Set<string>();
  return items.map((item) => {
    const ids = touchesOf(item);
    const isFree = item.state === 'queued' || item.state === 'behind';
    const waits = item.state === 'shelved' || (isFree && ids.some((id) => blocked.has(id)));
    if (waits) for (const id of ids) blocked.add(id);
    if (item.state === 'shelved') return item;
    if (waits) return { ...item, state: 'behind' };
    return item.state === 'behind' ? { ...item, state: 'queued' } : item;
  });
}
