import type { Incident } from '#shared/domain/incident.ts';
import { SNAPSHOT_PARTS, type ReferenceKind, type SnapshotPart } from '#shared/protocol/sync.ts';
import { answered, type Answer } from './failure.ts';
import { NOTHING, storeRows } from './local-step.ts';
import type { SyncPorts } from './ports.ts';
import { seenOf } from './seen.ts';
import { setAsideAfter, setAsideOf, setAsideTrouble, storeWithoutBad } from './set-aside.ts';
import { readSnapshotPage, type SnapshotPage } from './snapshot-page.ts';
import type { BootstrapPlace, SyncMeta } from './sync-store.ts';

/** `more`: pages are left. `resync`: the API is of another epoch than the pages before. */
export type BootstrapStep = { readonly kind: 'more' | 'done' | 'resync'; readonly place: BootstrapPlace };

/** A copy that holds nothing of the API's yet. */
export const NOTHING_DOWNLOADED = {
  cursor: 0,
  mark: null,
  greetedAt: null,
  bootstrap: { part: 'reference', after: '', rows: 0, estimate: 0 },
  setAside: [],
} satisfies Partial<SyncMeta>;

/** True when the queue can be worked with: all that is open is here. */
export const isUsable = ({ part }: Pick<BootstrapPlace, 'part'>): boolean =>
  part === 'closed' || part === 'done';

/**
 * Fetches and stores one page, of about `bytes` of rows: reference rows, then what is open, then the archive.
 * Rows and place are stored together, so a restart goes on where it stopped. The cursor is where the clock
 * stood before the very first page: the feed from there on brings whatever the pages, read at different
 * moments, have missed.
 */
export async function bootstrapPage(ports: SyncPorts, bytes?: number): Promise<Answer<BootstrapStep>> {
  const meta = await ports.store.meta();
  const place = meta.bootstrap;
  if (place.part === 'done') return answered({ kind: 'done', place });
  const packed = await ports.transport.snapshot({
    part: place.part,
    after: place.after,
    seen: seenOf(meta),
    ...(bytes === undefined ? {} : { bytes }),
  });
  if (!packed.ok) return packed;
  const page = await readSnapshotPage(packed.value);
  return page.ok ? answered(await storePage(ports, place, place.part, page.value)) : page;
}

async function storePage(
  ports: SyncPorts,
  from: BootstrapPlace,
  part: SnapshotPart,
  page: SnapshotPage,
): Promise<BootstrapStep> {
  return ports.exclusive(async () => {
    const meta = await ports.store.meta();
    if (page.epoch !== meta.epoch) return { kind: 'resync', place: meta.bootstrap };
    const isFirst = part === 'reference' && from.after === '';
    const isStale = meta.bootstrap.part !== from.part || meta.bootstrap.after !== from.after;
    // A page older than the copy could bring back what the feed has taken away; the next reading of it will
    // be newer.
    if (isStale || (!isFirst && page.v0 < meta.cursor)) return { kind: 'more', place: meta.bootstrap };
    const place = placeAfter(from, part, page);
    if (part === 'reference') await storeReference(ports, page, isFirst);
    await storeIncidents(ports, page, {
      bootstrap: place,
      ...(isFirst ? { cursor: page.v0, mark: page.mark } : {}),
    });
    if (place.part !== part) await ports.journal.markFilled().catch(() => undefined);
    return { kind: place.part === 'done' ? 'done' : 'more', place };
  });
}

function placeAfter(from: BootstrapPlace, part: SnapshotPart, page: SnapshotPage): BootstrapPlace {
  if (page.next !== null) {
    const rows = from.rows + page.incidents.length + page.reference.length;
    return { part, after: page.next, rows, estimate: Math.max(rows, page.estimate) };
  }
  return {
    part: SNAPSHOT_PARTS[SNAPSHOT_PARTS.indexOf(part) + 1] ?? 'done',
    after: '',
    rows: 0,
    estimate: 0,
  };
}

async function storeReference(ports: SyncPorts, page: SnapshotPage, isFirst: boolean): Promise<void> {
  const key = ({ kind, id }: { kind: ReferenceKind; id: string }): string => `${kind}:${id}`;
  const here = new Set(page.reference.map(key));
  // Rows of an older copy that are no more can only be told apart when one page holds them all.
  const referenceGone =
    isFirst && page.next === null ? (await ports.store.reference()).filter((row) => !here.has(key(row))) : [];
  await ports.store.apply({
    ...NOTHING,
    reference: page.reference,
    referenceGone: referenceGone.map(({ kind, id }) => ({ kind, id })),
  });
  ports.contexts.forget();
}

/**
 * Incidents with commands pending keep them on top; all others go in as they are, packed. Rows that cannot be
 * taken in are noted with the place, so that the download goes on.
 */
async function storeIncidents(ports: SyncPorts, page: SnapshotPage, meta: Partial<SyncMeta>): Promise<void> {
  const { setAside } = await ports.store.meta();
  const outbox = await ports.store.outbox();
  const pending = new Set(outbox.map((item) => item.incident));
  const touched = page.incidents.filter(({ id }) => pending.has(id));
  const failing =
    touched.length === 0 ? [] : await storeWithoutBad(touched, (part) => storeRows(ports, part, outbox));
  const others = touched.length === 0 ? page.incidents : page.incidents.filter(({ id }) => !pending.has(id));
  const metaWith = (bad: readonly Incident[]): Partial<SyncMeta> => {
    const notes = [...page.unreadable, ...[...failing, ...bad].map((row) => setAsideOf(row))];
    return {
      ...meta,
      setAside: setAsideAfter(
        setAside,
        page.incidents.map(({ id }) => id),
        notes,
      ),
    };
  };
  const bad = await storeWithoutBad(others, (part) =>
    ports.store.load(part, part === others ? metaWith([]) : {}),
  );
  if (bad.length > 0) await ports.store.load([], metaWith(bad));
  const isWhole = failing.length + bad.length + page.unreadable.length === 0;
  const trouble = isWhole ? null : setAsideTrouble(metaWith(bad).setAside);
  if (trouble !== null) ports.onTrouble(trouble);
}
