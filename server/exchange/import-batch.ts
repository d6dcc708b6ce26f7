import { sql } from 'kysely';
import { overfullPart } from '#shared/domain/fullness.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { unknownFormKey } from '#shared/exchange/cell-form.ts';
import {
  COLUMN,
  COLUMNS,
  type CellValue,
  type ColumnKey,
  type ExchangeRow,
} from '#shared/exchange/columns.ts';
import type { ImportContext } from '#shared/exchange/context.ts';
import { uncut } from '#shared/exchange/cut-cell.ts';
import { exportRow, fileCells } from '#shared/exchange/export-row.ts';
import { importRow } from '#shared/exchange/import-row.ts';
import { isTouched } from '#shared/exchange/kept-cells.ts';
import { rowError, type RowError, type RowErrorKind } from '#shared/exchange/refusals.ts';
import { fingerprintOf, importedId } from '#shared/exchange/row-identity.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { storeMany, type IncidentChange } from '#server/sync/store-changes.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { ExchangeRegion } from './exchange-context.ts';

/** A row that was read, with its place in the file. */
export interface PlacedRow {
  readonly place: number;
  readonly row: ExchangeRow;
}

/** The result of one batch. */
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

/**
 * Stores a batch in one transaction and one revision: rows, events, feed and the names they brought. At most
 * 500 rows. They are planned between two transactions, by what the first one read; whatever was changed
 * meanwhile makes the second one fail, and all is planned again.
 */
export function storeBatch(
  db: Database,
  { context, book }: ExchangeRegion,
  rows: readonly PlacedRow[],
): Promise<BatchResult> {
  const { region } = context;
  let news: ReturnType<typeof book.takeNew> = [];
  return withRetries(async () => {
    const stored = await withScope(db, { region }, (tx) => readStored(tx, region, rows));
    const verdicts = compareAll(stored, context, rows);
    const changes = verdicts.flatMap((verdict) => ('change' in verdict ? [verdict.change] : []));
    verdicts.forEach(({ kind }, at) => {
      const known = rows[at]?.row.known;
      if ((kind === 'created' || kind === 'updated') && known !== undefined) book.note(known);
    });
    // Tried again after a conflict, the names are the same ones.
    news = [...news, ...book.takeNew()];
    if (news.length > 0 || changes.length > 0)
      await withScope(db, { region }, async (tx) => {
        if (news.length > 0) await upsertReference(tx, region, lastOfEach(news));
        await lockBefore(tx, region, changes);
        await storeMany(tx, region, changes, context.now);
      });
    return tally(verdicts);
  });
}

/**
 * Locks the rows that are going to change, in the order of {@link lockIncidents}: the clock comes after them.
 */
async function lockBefore(
  tx: ScopedTransaction,
  region: string,
  changes: readonly IncidentChange[],
): Promise<void> {
  const ids = changes.filter(({ before }) => before !== null).map(({ after }) => after.id);
  if (ids.length === 0) return;
  await tx
    .selectFrom('incident')
    .select('id')
    .where('region_id', '=', region)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
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

/** Incidents in the database that have the ids or the numbers of a batch's rows. */
interface Stored {
  readonly known: ReadonlyMap<string, Incident>;
  /** Incidents of this installation by the number that was given here. */
  readonly own: ReadonlyMap<number, Incident>;
}

async function readStored(
  tx: ScopedTransaction,
  region: string,
  rows: readonly PlacedRow[],
): Promise<Stored> {
  const known = await readIncidents(
    tx,
    region,
    rows.map(({ row }) => idOf(region, row)),
  );
  const numbers = rows.filter(({ row }) => hasNoId(row)).map(({ row }) => Number(row.known.number));
  return { known, own: await ownByNumber(tx, region, numbers) };
}

function compareAll({ known, own }: Stored, context: ImportContext, rows: readonly PlacedRow[]): Verdict[] {
  return rows.map(({ place, row }) => {
    const id = idOf(context.region, row);
    const before = known.get(id) ?? null;
    const owner = hasNoId(row) ? own.get(Number(row.known.number)) : undefined;
    if (owner !== undefined && (before === null || saysNothingNew(owner, row, context)))
      return compareOwn(place, row, owner, context);
    return planRow(place, row, id, before, context);
  });
}

const hasNoId = (row: ExchangeRow): boolean => (row.known.id ?? '') === '';

const idOf = (region: string, { known: { id, number } }: ExchangeRow): string =>
  importedId(region, typeof id === 'number' ? id : null, Number(number));

async function readIncidents(
  tx: ScopedTransaction,
  region: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Incident>> {
  const rows = await tx
    .selectFrom('incident')
    .select(['id', 'row'])
    .where('region_id', '=', region)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, row }) => [id, row as unknown as Incident]));
}

/**
 * The incidents to which these numbers were given here. The registry's own numbers are another count: they
 * come with its ID.
 */
async function ownByNumber(
  tx: ScopedTransaction,
  region: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Incident>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx
    .selectFrom('incident')
    .select(['number', 'row'])
    .where('region_id', '=', region)
    .where('external_id', 'is', null)
    .where(sql<boolean>`(row -> 'imported') = 'null'::jsonb`)
    .where('number', 'in', [...numbers])
    .execute();
  return new Map(
    rows.flatMap(({ number, row }) =>
      number === null ? [] : [[number, row as unknown as Incident] as const],
    ),
  );
}

/** Our own incident coming back in an export of ours; with something else in it, what was done here stays. */
function compareOwn(place: number, row: ExchangeRow, owner: Incident, context: ImportContext): Verdict {
  if (saysNothingNew(owner, row, context)) return { kind: 'unchanged' };
  return {
    kind: 'refused',
    error: rowError(place, COLUMN.number.header, 'changed_here', row.known.number ?? ''),
  };
}

function planRow(
  place: number,
  row: ExchangeRow,
  id: string,
  before: Incident | null,
  context: ImportContext,
): Verdict {
  if (before === null)
    return unlessFull(place, row, 'created', { before, ...importRow(id, null, row, context) });
  if (before.imported?.fingerprint === fingerprintOf(row) || saysNothingNew(before, row, context))
    return { kind: 'unchanged' };
  if (isTouched(before)) return refusedRow(place, row, 'changed_here');
  const whole = withKnownCells(exportRow(before, context), row);
  return unlessFull(place, row, 'updated', { before, ...importRow(id, before, whole, context) });
}

const refusedRow = (place: number, { known }: ExchangeRow, kind: RowErrorKind): Verdict => ({
  kind: 'refused',
  error: rowError(place, COLUMN.id.header, kind, known.id ?? known.number ?? ''),
});

/** A row makes an incident no fuller than commands may: its history grows with every change of the row. */
const unlessFull = (
  place: number,
  row: ExchangeRow,
  kind: 'created' | 'updated',
  change: IncidentChange,
): Verdict =>
  overfullPart(change.before, change.after) === null
    ? { kind, change }
    : refusedRow(place, row, 'incident_full');

/**
 * Columns the file does not have say nothing: what is known of them stays, as does the whole of a text that
 * our export had to cut.
 */
function withKnownCells(before: ExchangeRow, row: ExchangeRow): ExchangeRow {
  const whole = (value: CellValue, known: CellValue | undefined): CellValue => uncut(value, known ?? '');
  const known = mapped(row.known, (value, key) => whole(value, before.known[key as ColumnKey]));
  const unknown = mapped(row.unknown, (value, name) => whole(value, before.unknown[name]));
  const isTold = (key: string, value: CellValue | undefined, now: CellValue | undefined): string[] =>
    value !== undefined && value === now ? [key] : [];
  const confirmed = new Set([
    ...COLUMNS.flatMap(({ key, letter }) => isTold(letter, row.known[key], known[key])),
    ...Object.keys(row.unknown).flatMap((name) =>
      isTold(unknownFormKey(name), row.unknown[name], unknown[name]),
    ),
  ]);
  const kept = Object.entries(before.forms ?? {}).filter(([key]) => !confirmed.has(key));
  const replaced = Object.entries(row.forms ?? {}).filter(([key]) => confirmed.has(key));
  return {
    known: { ...before.known, ...known },
    unknown: { ...before.unknown, ...unknown },
    forms: Object.fromEntries([...kept, ...replaced]),
  };
}

const mapped = (
  cells: Readonly<Record<string, CellValue>>,
  change: (value: CellValue, name: string) => CellValue,
): Record<string, CellValue> =>
  Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, change(value, name)]));

/**
 * Tells whether a row says what the incident gives already: as values, or, where nobody said how to read it,
 * letter by letter.
 */
function saysNothingNew(before: Incident, row: ExchangeRow, context: ImportContext): boolean {
  const exported = exportRow(before, context);
  const whole = withKnownCells(exported, row);
  if (fingerprintOf(exported) === fingerprintOf(whole)) return true;
  return row.isInterpreted !== true && asWritten(exported) === asWritten(whole);
}

const asWritten = (row: ExchangeRow): string => {
  const unknown = Object.keys(row.unknown).toSorted();
  return JSON.stringify([unknown, fileCells(row, unknown).map((cell) => String(cell ?? ''))]);
};
