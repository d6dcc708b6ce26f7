import type { StoreChange } from '#renderer/data/sync/sync-status.ts';

/** At most this often are screens told of changes. */
const SPACING_MS = 50;

/** Ids named one by one; beyond, «everything» costs less than the list. */
const NAMED = 500;

export const mergeChanges = (a: StoreChange, b: StoreChange): StoreChange => {
  const all = a.incidents === 'all' || b.incidents === 'all';
  const ids = all ? [] : [...new Set([...a.incidents, ...b.incidents])];
  return {
    incidents: all || ids.length > NAMED ? 'all' : ids,
    reference: a.reference || b.reference,
    status: a.status || b.status,
  };
};

/** Tells the first change at once and gathers those that follow within the spacing into one. */
export function changeFeed(tell: (change: StoreChange) => void): (change: StoreChange) => void {
  let gathered: StoreChange | null = null;
  let isWaiting = false;
  const flush = (): void => {
    isWaiting = gathered !== null;
    if (gathered === null) return;
    const change = gathered;
    gathered = null;
    setTimeout(flush, SPACING_MS);
    tell(change);
  };
  return (change) => {
    gathered = gathered === null ? change : mergeChanges(gathered, change);
    if (!isWaiting) flush();
  };
}
