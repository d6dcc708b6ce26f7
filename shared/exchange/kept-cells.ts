import { IMPORTANCE_ACTOR } from '#shared/domain/importance-rule.ts';
import type { HistoryEntry, Incident } from '#shared/domain/incident.ts';
import { HAND_OVER_ACTOR } from '#shared/domain/records/hand-over-actor.ts';
import type { RawCell } from './cells.ts';
import {
  COLUMNS,
  type CellValue,
  type RegistryColumn,
  type ColumnKey,
  type ExchangeRow,
  type KnownCells,
} from './columns.ts';
import { packForm, unknownFormKey, unpackForm, type CellForms } from './cell-form.ts';
import { IMPORT_ACTOR } from './context.ts';
import { isReservedName } from './kept-names.ts';
import { putMentions } from './mentions.ts';

/**
 * Cells of a file that events do not carry, in `incident.imported.cells`:
 * - `#H` (a letter of the registry's order): a known cell that is not what the events give. Mostly durations,
 *   whose fractions of a second the moments do not have; also «Кабинет» of another name, «Объект старый»,
 *   words unknown to us.
 * - `@AI`: mentions taken out of that column's text.
 * - `~R`, `~=header`: how the file wrote the cell, where we write it otherwise (cell-form.ts).
 * - anything else: an unknown column by its header.
 */
export type KeptCells = Readonly<Record<string, CellValue>>;

type Computed = Readonly<Record<ColumnKey, CellValue>>;

/** Mentions by their key in the kept cells, '' when there are none. */
const mentionsOf = (cells: KeptCells, { letter }: RegistryColumn): string =>
  String(cells[`@${letter}`] ?? '');

/** Puts the mentions back into computed texts. */
export function withMentions(computed: Computed, cells: KeptCells): Computed {
  const marked = COLUMNS.filter((column) => mentionsOf(cells, column) !== '');
  if (marked.length === 0) return computed;
  return {
    ...computed,
    ...Object.fromEntries(
      marked.map((column) => [
        column.key,
        putMentions(String(computed[column.key]), mentionsOf(cells, column)),
      ]),
    ),
  };
}

/** Makes the cells to keep so that the row can be given back: everything the computed cells do not say. */
export function cellsToKeep(
  { known, unknown, forms = {} }: ExchangeRow,
  computed: Computed,
  mentions: KeptCells,
): KeptCells {
  const expected = withMentions(computed, mentions);
  const kept: Record<string, CellValue> = { ...mentions };
  for (const { key, letter } of COLUMNS) {
    const value = known[key];
    if (value !== undefined && value !== expected[key]) kept[`#${letter}`] = value;
  }
  for (const [name, value] of Object.entries(unknown)) if (value !== '') kept[name] = value;
  const values = valuesByForm({ known, unknown });
  for (const [key, raw] of Object.entries(forms)) kept[`~${key}`] = packForm(raw, values.get(key) ?? '');
  return kept;
}

/** A row's values by the keys of its forms. */
const valuesByForm = ({ known, unknown }: ExchangeRow): ReadonlyMap<string, CellValue> =>
  new Map([
    ...COLUMNS.map(({ key, letter }) => [letter, known[key] ?? ''] as const),
    ...Object.entries(unknown).map(([name, value]) => [unknownFormKey(name), value] as const),
  ]);

/** The forms kept for a row's cells, but for columns something has happened to since. */
function formsOf(cells: KeptCells, row: ExchangeRow, done: ReadonlySet<string>): CellForms {
  const packed = Object.entries(cells).filter(([name]) => name.startsWith('~') && isReservedName(name));
  if (packed.length === 0) return {};
  const values = valuesByForm(row);
  const stale = new Set(
    COLUMNS.filter(({ events }) => events.some((name) => done.has(name))).map(({ letter }) => letter),
  );
  const forms: Record<string, RawCell> = {};
  for (const [name, form] of packed) {
    const key = name.slice(1);
    if (!stale.has(key)) forms[key] = unpackForm(form, values.get(key) ?? '');
  }
  return forms;
}

const SECOND_OF_DAY = 1 / 86_400;

/**
 * A duration that differs from the computed one by less than a second is the same duration, told more finely.
 */
const isFiner = ({ kind }: RegistryColumn, kept: CellValue, computed: CellValue): boolean =>
  kind === 'duration' &&
  typeof kept === 'number' &&
  typeof computed === 'number' &&
  Math.abs(kept - computed) < SECOND_OF_DAY;

/**
 * The row an incident gives: computed cells, and those kept from the file as long as none of the events
 * behind them happened here since. Untouched incidents give back exactly what came in.
 */
export function rowOf(incident: Incident, computed: Computed): ExchangeRow {
  const { imported } = incident;
  if (imported === null) return { known: computed, unknown: {} };
  const { cells } = imported;
  const done = incident.version === imported.version ? new Set<string>() : eventsSince(incident);
  const known: Partial<Record<ColumnKey, CellValue>> = {
    ...withoutStale(withMentions(computed, cells), computed, done),
  };
  for (const column of COLUMNS) {
    const value = cells[`#${column.letter}`];
    if (value === undefined) continue;
    const isValid =
      !column.events.some((name) => done.has(name)) || isFiner(column, value, computed[column.key]);
    if (isValid) known[column.key] = value;
  }
  const unknown = Object.fromEntries(Object.entries(cells).filter(([name]) => !isReservedName(name)));
  return { known, unknown, forms: formsOf(cells, { known, unknown }, done) };
}

/** Mentions fit the text they were taken from; a text that may be another one by now goes out without. */
function withoutStale(marked: Computed, computed: Computed, done: ReadonlySet<string>): KnownCells {
  if (done.size === 0) return marked;
  const stale = COLUMNS.filter(
    ({ key, events }) => marked[key] !== computed[key] && events.some((name) => done.has(name)),
  );
  return { ...marked, ...Object.fromEntries(stale.map(({ key }) => [key, computed[key]])) };
}

/** Lines of what happened here and not in the registry since it brought the row last, and still stands. */
function linesSince({ history }: Incident): readonly HistoryEntry[] {
  const brought = history.findLastIndex(({ event, by }) => event === 'registered' && by === IMPORT_ACTOR);
  return history
    .slice(brought + 1)
    .filter(({ event, by, undone }) => by !== IMPORT_ACTOR && event !== 'undone' && undone !== true);
}

const eventsSince = (incident: Incident): Set<string> =>
  new Set(linesSince(incident).map(({ event }) => event));

/** Nobody's hand: what these made of a row they make of a newer one too. */
const JOB_ACTORS: ReadonlySet<string> = new Set([IMPORTANCE_ACTOR, HAND_OVER_ACTOR]);

/**
 * Tells whether somebody worked on it here since the import, so that a newer row must not replace it.
 * Deadlines, importance by a rule and what an agency's successor was given are nobody's work.
 */
export const isTouched = (incident: Incident): boolean =>
  incident.imported === null || linesSince(incident).some(({ by }) => !JOB_ACTORS.has(by));
