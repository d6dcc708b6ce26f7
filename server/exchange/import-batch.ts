import type { Incident } from '#shared/domain/incident.ts';
import { COLUMN, type ExchangeRow } from '#shared/exchange/columns.ts';
import type { ImportContext } from '#shared/exchange/context.ts';
import { exportRow } from '#shared/exchange/export-row.ts';
import { importRow } from '#shared/exchange/import-row.ts';
import { isTouched } from '#shared/exchange/kept-cells.ts';
import { rowError, type RowError } from '#shared/exchange/refusals.ts';
import { fingerprintOf, importedId } from '#shared/exchange/row-identity.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { lockIncidents, storeChanges, type IncidentChange } from '#server/sync/store-changes.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { ExchangeRegion } from './exchange-context.ts';

/** A row that was read, with its place in the file. */
export interface PlacedRow {
  readonly place: number;
  readonly row: ExchangeRow;
}

/** What became of a batch. */
export interface BatchResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly RowError[];
}

type Verdict =
  | { readonly kind: 'created' | 'updated'; readonly change: IncidentChange }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly error: RowError };

/** Stores a batch in one transaction and one revision: rows, events, feed and the names they brought. At most 500 rows. */
export function storeBatch(
  db: Database,
  { context, book }: ExchangeRegion,
  rows: readonly PlacedRow[],
): Promise<BatchResult> {
  const { region } = context;
  let news: ReturnType<typeof book.takeNew> = [];
  return withRetries(() =>
    withScope(db, { region }, async (tx) => {
      const verdicts = await judgeAll(tx, context, rows);
      const changes = verdicts.flatMap((verdict) => ('change' in verdict ? [verdict.change] : []));
      verdicts.forEach(({ kind }, at) => {
        const known = rows[at]?.row.known;
        if ((kind === 'created' || kind === 'updated') && known !== undefined) book.note(known);
      });
      // Tried again after a conflict, the names are the same ones.
      news = [...news, ...book.takeNew()];
      if (news.length > 0) await upsertReference(tx, region, lastOfEach(news));
      if (changes.length > 0) await storeChanges(tx, region, changes, context.now);
      return tally(verdicts);
    }),
  );
}

/** Each id of a kind at most once, at its newest. */
const lastOfEach = <T extends { readonly kind: string; readonly id: string }>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((row) => [`${row.kind}/${row.id}`, row])).values(),
];

function tally(verdicts: readonly Verdict[]): BatchResult {
  const count = (kind: Verdict['kind']): number => verdicts.filter((verdict) => verdict.kind === kind).length;
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: verdicts.flatMap((verdict) => (verdict.kind === 'refused' ? [verdict.error] : [])),
  };
}

async function judgeAll(
  tx: ScopedTransaction,
  context: ImportContext,
  rows: readonly PlacedRow[],
): Promise<Verdict[]> {
  const placed = rows.map((one) => ({ ...one, id: idOf(context.region, one.row) }));
  const ids = placed.map(({ id }) => id);
  const known = await lockIncidents(tx, context.region, ids);
  const numbers = rows.filter(({ row }) => hasNoId(row)).map(({ row }) => Number(row.known.number));
  const owners = await ownersOf(tx, context.region, numbers);
  const own = await lockIncidents(tx, context.region, [...owners.values()]);
  return placed.map(({ place, row, id }) => {
    const before = known.get(id) ?? null;
    const owner = hasNoId(row) ? own.get(owners.get(Number(row.known.number)) ?? '') : undefined;
    if (before === null && owner !== undefined) return judgeOwn(place, row, owner, context);
    return judge(place, row, id, before, context);
  });
}

const hasNoId = (row: ExchangeRow): boolean => (row.known.id ?? '') === '';

const idOf = (region: string, { known: { id, number } }: ExchangeRow): string =>
  importedId(region, typeof id === 'number' ? id : null, Number(number));

/** The incidents to which these numbers were given here. The registry's own numbers are another count: they come with its ID. */
async function ownersOf(
  tx: ScopedTransaction,
  region: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx
    .selectFrom('incident')
    .select(['id', 'number'])
    .where('region_id', '=', region)
    .where('external_id', 'is', null)
    .where('number', 'in', [...numbers])
    .execute();
  return new Map(rows.flatMap(({ id, number }) => (number === null ? [] : [[number, id] as const])));
}

/** Our own incident coming back in an export of ours; with something else in it, what was done here stays. */
function judgeOwn(place: number, row: ExchangeRow, owner: Incident, context: ImportContext): Verdict {
  if (saysNothingNew(owner, row, context)) return { kind: 'unchanged' };
  return {
    kind: 'refused',
    error: rowError(place, COLUMN.number.header, 'changed_here', row.known.number ?? ''),
  };
}

function judge(
  place: number,
  row: ExchangeRow,
  id: string,
  before: Incident | null,
  context: ImportContext,
): Verdict {
  if (before === null) return { kind: 'created', change: { before, ...importRow(id, null, row, context) } };
  if (before.imported?.fingerprint === fingerprintOf(row) || saysNothingNew(before, row, context))
    return { kind: 'unchanged' };
  if (isTouched(before)) {
    return {
      kind: 'refused',
      error: rowError(place, COLUMN.id.header, 'changed_here', row.known.id ?? row.known.number ?? ''),
    };
  }
  return {
    kind: 'updated',
    change: { before, ...importRow(id, before, completed(before, row, context), context) },
  };
}

/** Columns the file does not have say nothing: what is known of them stays. */
function completed(before: Incident, row: ExchangeRow, context: ImportContext): ExchangeRow {
  const { known, unknown } = exportRow(before, context);
  return { known: { ...known, ...row.known }, unknown: { ...unknown, ...row.unknown } };
}

const saysNothingNew = (before: Incident, row: ExchangeRow, context: ImportContext): boolean =>
  fingerprintOf(exportRow(before, context)) === fingerprintOf(completed(before, row, context));
