import { isClosed } from '#shared/domain/step.ts';
import { bucketOf, rowHash } from '#shared/protocol/digest.ts';
import {
  DIGEST_BUCKETS,
  type Change,
  type ChangesQuery,
  type DigestResponse,
  type SnapshotPart,
} from '#shared/protocol/sync.ts';
import { uselessCursor, type ChangesResult } from '#server/sync/changes.ts';
import { ndjsonPage } from '#server/sync/ndjson-page.ts';
import { observersChanges, observersLines } from '#server/sync/observer-rows.ts';
import { cursorOf, snapshotPlace } from '#server/sync/snapshot-cursor.ts';
import type { PageResult } from '#server/sync/snapshot.ts';
import { hidesAuthors, scopeHashOf, scopeOf, type SyncSession } from '#server/sync/sync-session.ts';
import { isVisible, type MemoryState } from './memory-state.ts';

const visible = (state: MemoryState, session: SyncSession) =>
  [...state.incidents.values()].filter(({ row }) => isVisible(row, session));

/** The feed, as the statement of server/sync/changes.ts gives it. */
export async function memoryChanges(
  state: MemoryState,
  session: SyncSession,
  query: ChangesQuery,
): Promise<ChangesResult> {
  if (query.scope !== scopeHashOf(session)) return { kind: 'resync', reset: 'bucket', reason: 'scope' };
  const { after, clientId } = query;
  const useless = uselessCursor(query, {
    epoch: state.epoch,
    head: state.v,
    log_from: 0,
    mark_here: state.marks.get(after) ?? null,
    marked_from: 0,
  });
  if (useless !== null) return useless;
  const to = pageEnd(state, session, query);
  const isIn = ({ v }: { readonly v: number }): boolean => v > after && v <= to;
  const { outcomes, lastSeq } = decidedUpTo(state, clientId, to, isIn);
  const lines = linesIn(state, session, isIn);
  const changes = lines.map((change) => JSON.stringify(change)).join(',');
  const shown = hidesAuthors(session) ? await observersChanges(changes) : changes;
  const frame = JSON.stringify({
    epoch: state.epoch,
    from: after,
    to,
    mark: state.marks.get(to) ?? null,
    more: to < state.v,
    lastSeq,
    outcomes,
  });
  return { kind: 'changes', body: `${frame.slice(0, -1)},"changes":[${shown}]}` };
}

/** The page is everything up to the revision of its last row: a revision is never split. */
function pageEnd(state: MemoryState, session: SyncSession, { after, limit }: ChangesQuery): number {
  const touched = [...visible(state, session), ...state.reference.values()]
    .map(({ v }) => v)
    .filter((v) => v > after)
    .toSorted((a, b) => a - b)
    .slice(0, limit);
  return touched.length < limit ? state.v : (touched.at(-1) ?? state.v);
}

function linesIn(state: MemoryState, session: SyncSession, isIn: (at: { v: number }) => boolean): Change[] {
  const reference = [...state.reference.values()]
    .filter(isIn)
    .map(({ kind, id, row, v, deleted }) =>
      deleted ? { op: 'del', entity: kind, v, id } : { op: 'put', entity: kind, v, id, row },
    );
  const rows = visible(state, session)
    .filter(isIn)
    .map(({ row, v }) => ({
      op: 'put',
      entity: 'incident',
      v,
      id: row.id,
      row,
    }));
  const all = [
    ...reference.map((change) => ({ change, place: 0 })),
    ...rows.map((change) => ({ change, place: 1 })),
    ...goneIn(state, session, isIn).map((change) => ({ change, place: 2 })),
  ];
  return all
    .toSorted((a, b) => a.change.v - b.change.v || a.place - b.place)
    .map(({ change }) => change as Change);
}

/** Incidents that this agency saw before a change of this page and sees no longer. */
function goneIn(state: MemoryState, session: SyncSession, isIn: (at: { v: number }) => boolean): Change[] {
  const { agency } = scopeOf(session);
  if (agency === null || agency === undefined) return [];
  const newest = new Map<string, number>();
  for (const { v, id, agencies } of state.log)
    if (isIn({ v }) && agencies.includes(agency)) newest.set(id, v);
  const seen = new Set(visible(state, session).map(({ row }) => row.id));
  return [...newest]
    .filter(([id]) => !seen.has(id))
    .map(([id, v]) => ({ op: 'evict', entity: 'incident', v, id }));
}

function decidedUpTo(state: MemoryState, clientId: string, to: number, isIn: (at: { v: number }) => boolean) {
  const own = [...state.commands.values()].filter((command) => command.clientId === clientId);
  const again = state.replays
    .filter((replay) => replay.clientId === clientId)
    .flatMap(({ seq, commandId, v }) => {
      const command = state.commands.get(commandId);
      return command === undefined ? [] : [{ seq, v, outcome: { ...command.outcome, seq } }];
    });
  const all = [...own, ...again];
  return {
    outcomes: all
      .filter(isIn)
      .toSorted((a, b) => a.seq - b.seq)
      .map(({ outcome }) => outcome),
    lastSeq: Math.max(0, ...all.filter(({ v }) => v <= to).map(({ seq }) => seq)),
  };
}

interface Line {
  readonly key: readonly (string | number)[];
  readonly line: string;
}

const byKey = (a: Line, b: Line): number => {
  for (const [index, key] of a.key.entries()) {
    const other = b.key[index] ?? '';
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
};

function linesOf(state: MemoryState, session: SyncSession, part: SnapshotPart): Line[] {
  if (part === 'reference')
    return [...state.reference.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ kind, id, row, v }) => ({
        key: [kind, id],
        line: JSON.stringify({ t: 'reference', v, kind, id, row }),
      }))
      .toSorted(byKey);
  const lines = visible(state, session)
    .filter(({ row }) => isClosed(row.step) === (part === 'closed'))
    .map(({ row, v }) => ({
      key: part === 'open' ? [row.id] : [row.createdAt, row.id],
      line: JSON.stringify({ t: 'incident', v, row }),
    }))
    .toSorted(byKey);
  return part === 'open' ? lines : lines.toReversed();
}

export async function memorySnapshot(
  state: MemoryState,
  session: SyncSession,
  part: SnapshotPart,
  after: string,
  limit: number,
): Promise<PageResult> {
  const place = snapshotPlace(part, after);
  if (place === null) return { kind: 'bad_cursor' };
  const start: Line = { key: place.key, line: '' };
  const sign = part === 'closed' ? -1 : 1;
  const all = linesOf(state, session, part);
  const rest = all.filter((line) => byKey(line, start) * sign > 0);
  return pageOf(state, session, rest.slice(0, limit), place.estimate ?? all.length, limit);
}

export async function memoryBucket(
  state: MemoryState,
  session: SyncSession,
  bucket: number,
  after: string,
  limit: number,
): Promise<PageResult> {
  const place = snapshotPlace('open', after);
  if (place === null) return { kind: 'bad_cursor' };
  const start: Line = { key: place.key, line: '' };
  const page = [...linesOf(state, session, 'open'), ...linesOf(state, session, 'closed')]
    .map(({ key, line }) => ({ key: key.slice(-1), line }))
    .filter((line) => bucketOf(String(line.key[0])) === bucket && byKey(line, start) > 0)
    .toSorted(byKey)
    .slice(0, limit);
  return pageOf(state, session, page, page.length, limit);
}

async function pageOf(
  { epoch, v: v0, marks }: MemoryState,
  session: SyncSession,
  page: readonly Line[],
  estimate: number,
  limit: number,
): Promise<PageResult> {
  const last = page.length === limit ? page.at(-1) : undefined;
  const next = last === undefined ? null : cursorOf(estimate, last.key);
  const lines = page.map(({ line }) => line);
  const shown = hidesAuthors(session) ? await observersLines(lines) : lines;
  return {
    kind: 'page',
    body: ndjsonPage(shown, {
      epoch,
      v0,
      mark: marks.get(v0) ?? null,
      scope: scopeHashOf(session),
      estimate,
      next,
    }),
  };
}

export function memoryDigest(state: MemoryState, session: SyncSession): DigestResponse {
  const buckets = Array.from({ length: DIGEST_BUCKETS }, () => ({ n: 0, x: 0n }));
  for (const { row } of visible(state, session)) {
    const bucket = buckets[bucketOf(row.id)];
    if (bucket === undefined) continue;
    bucket.n += 1;
    bucket.x ^= rowHash(row.id, row.version);
  }
  return {
    v: state.v,
    scope: scopeHashOf(session),
    buckets: buckets.map(({ n, x }) => ({ n, x: x.toString() })),
  };
}
