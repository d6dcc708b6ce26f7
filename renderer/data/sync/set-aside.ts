import type { Incident } from '#shared/domain/incident.ts';
import type { Trouble } from './ports.ts';
import { storageTrouble } from './storage-trouble.ts';
import type { SetAside, SyncStore } from './sync-store.ts';

/** Rows remembered as set aside; any more are asked for at every comparison of the copies. */
const REMEMBERED = 1000;
/** Rows named to the person; the count tells of the others. */
const NAMED = 5;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
const integerOf = (value: unknown): number | null => (Number.isSafeInteger(value) ? (value as number) : null);

/** True when a row has what every copy counts by. The rest of it is tried by storing it. */
export const isIncidentRow = (row: unknown): row is Incident =>
  UUID.test(String(fieldOf(row, 'id'))) && (integerOf(fieldOf(row, 'version')) ?? -1) >= 0;

/** Notes a row that could not be taken in. `id`: as the message around the row has it, where it has one. */
export function setAsideOf(row: unknown, id: unknown = fieldOf(row, 'id')): SetAside {
  const isNamed = typeof id === 'string' && UUID.test(id);
  return {
    id: isNamed ? id : '',
    number: integerOf(fieldOf(row, 'number')),
    version: isNamed ? integerOf(fieldOf(row, 'version')) : null,
  };
}

/**
 * Stores rows, and where that fails by the rows' own fault all of them that can be stored, found by halving.
 * Gives the others. `store` is called with `rows` itself first. Rejects when the storage is at fault: then no
 * row is to blame.
 */
export async function storeWithoutBad(
  rows: readonly Incident[],
  store: (part: readonly Incident[]) => Promise<void>,
): Promise<readonly Incident[]> {
  try {
    await store(rows);
    return [];
  } catch (error) {
    if (rows.length === 0 || storageTrouble(error) !== null) throw error;
    if (rows.length === 1) return rows;
    const middle = Math.ceil(rows.length / 2);
    const first = await storeWithoutBad(rows.slice(0, middle), store);
    return [...first, ...(await storeWithoutBad(rows.slice(middle), store))];
  }
}

/** The rows set aside after some have arrived or gone, and of those `bad` could not be taken in. */
export function setAsideAfter(
  before: readonly SetAside[] | undefined,
  arrived: Iterable<string>,
  bad: readonly SetAside[],
): readonly SetAside[] {
  const over = new Set(arrived);
  const kept = (before ?? []).filter(({ id }) => !over.has(id));
  return [...new Map([...kept, ...bad].map((row) => [row.id, row])).values()].slice(-REMEMBERED);
}

/** The sentence of rows that are set aside; null when there are none. */
export function setAsideTrouble(rows: readonly SetAside[] = []): SetAsideTrouble | null {
  if (rows.length === 0) return null;
  const names = rows.slice(-NAMED).map(({ id, number }) => (number === null ? id || '?' : String(number)));
  return { kind: 'rows_set_aside', rows: rows.length, names: names.join(', ') };
}
type SetAsideTrouble = Extract<Trouble, { readonly kind: 'rows_set_aside' }>;

/**
 * Has rows that an older console could not take in asked for once more: without their versions the copies
 * differ, and the next comparison, which a session begins with, fetches them.
 */
export async function askAgainAfterUpdate(store: SyncStore, appVersion: string): Promise<void> {
  const { setAside = [], readBy } = await store.meta();
  if (readBy === appVersion) return;
  const again = setAside.filter(({ id }) => id !== '').map((row) => ({ ...row, version: null }));
  await store.setMeta({ readBy: appVersion, setAside: again });
}
