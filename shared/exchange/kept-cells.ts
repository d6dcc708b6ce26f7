import type { Incident } from '#shared/domain/incident.ts';
import {
  COLUMNS,
  type CellValue,
  type Column,
  type ColumnKey,
  type ExchangeRow,
  type KnownCells,
} from './columns.ts';
import { IMPORT_ACTOR } from './context.ts';
import { putMentions } from './mentions.ts';

/**
 * What a file said and events do not carry, in `incident.imported.cells`:
 * - `#H` (a letter of the registry's order): a known cell that is not what the events give. Mostly durations, whose
 *   fractions of a second the moments do not have; also «Кабинет» of another name, «Объект старый», words unknown to us.
 * - `@AI`: mentions taken out of that column's text.
 * - anything else: an unknown column by its header.
 */
export type KeptCells = Readonly<Record<string, CellValue>>;

type Computed = Readonly<Record<ColumnKey, CellValue>>;

const isUnknownName = (name: string): boolean => !/^[#@][A-Z]{1,2}$/.test(name);

/** Mentions by their key in the kept cells, '' when there are none. */
const mentionsOf = (cells: KeptCells, { letter }: Column): string => String(cells[`@${letter}`] ?? '');

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

/** What must be kept so that the row can be given back: everything the computed cells do not say. */
export function cellsToKeep(
  { known, unknown }: ExchangeRow,
  computed: Computed,
  mentions: KeptCells,
): KeptCells {
  const said = withMentions(computed, mentions);
  const kept: Record<string, CellValue> = { ...mentions };
  for (const { key, letter } of COLUMNS) {
    const value = known[key];
    if (value !== undefined && value !== said[key]) kept[`#${letter}`] = value;
  }
  for (const [name, value] of Object.entries(unknown)) if (value !== '') kept[name] = value;
  return kept;
}

const SECOND_OF_DAY = 1 / 86_400;

/** A duration that differs from the computed one by less than a second is the same duration, told more finely. */
const isFiner = ({ kind }: Column, kept: CellValue, computed: CellValue): boolean =>
  kind === 'duration' &&
  typeof kept === 'number' &&
  typeof computed === 'number' &&
  Math.abs(kept - computed) < SECOND_OF_DAY;

/**
 * The row an incident gives: computed cells, and those kept from the file as long as none of the events behind them happened
 * here since. Untouched incidents give back exactly what came in.
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
  return {
    known,
    unknown: Object.fromEntries(Object.entries(cells).filter(([name]) => isUnknownName(name))),
  };
}

/** Mentions fit the text they were taken from; a text that may be another one by now goes out without. */
function withoutStale(marked: Computed, computed: Computed, done: ReadonlySet<string>): KnownCells {
  if (done.size === 0) return marked;
  const stale = COLUMNS.filter(
    ({ key, events }) => marked[key] !== computed[key] && events.some((name) => done.has(name)),
  );
  return { ...marked, ...Object.fromEntries(stale.map(({ key }) => [key, computed[key]])) };
}

/** Names of the events that happened here and not in the registry. */
const eventsSince = ({ history }: Incident): Set<string> =>
  new Set(history.filter(({ by }) => by !== IMPORT_ACTOR).map(({ event }) => event));

/** Whether work was done here since the import, so that a newer row must not replace it. Deadlines alone are no work. */
export const isTouched = (incident: Incident): boolean =>
  incident.imported === null || eventsSince(incident).size > 0;
