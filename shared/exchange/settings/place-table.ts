import type { Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { EntryBook } from './entry-book.ts';
import { NAMING_COLUMNS, namingIn, STANDING_COLUMNS, standingCells, standingIn } from './entry-cells.ts';
import { closedEntry } from './lasting-cells.ts';
import {
  cellsOfRow,
  readingOf,
  saidIn,
  wordIn,
  WrongCell,
  yesNoCell,
  yesNoIn,
  type CellWords,
} from './row-cells.ts';
import { joinPlaces, settlementLines, settlementsIn, settlementsText } from './settlement-lines.ts';
import { column, type SettingsCells, type SettingsTable } from './settings-table.ts';

/** The basis that a table of municipalities is written and read on. */
export interface PlaceTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly municipalities: readonly Municipality[];
}

const COLUMNS = [
  column('name', 'Муниципалитет', 44, true),
  ...NAMING_COLUMNS,
  column('count', 'Жителей', 12),
  column('year', 'На год', 8),
  column('settlementKind', 'Тип поселения', 14),
  column('settlement', 'Населённый пункт', 34),
  column('streets', 'Улицы', 60),
  ...STANDING_COLUMNS,
];

/** As the console calls them in Russian, and as people do. */
const KINDS: CellWords<Municipality['kind']> = {
  city: ['городской округ', 'город', 'г.о.'],
  district: ['район или муниципальный округ', 'район', 'муниципальный район', 'муниципальный округ'],
  other: ['весь регион'],
};

/**
 * Municipalities as a table: a line for each settlement, what the municipality itself is on the first.
 * Without a code a line means the municipality of its name, or a new one.
 */
export function placeTable({ zone, at, municipalities }: PlaceTableBasis): SettingsTable<Municipality> {
  const book = new EntryBook(municipalities, at);
  const write = (place: Municipality): SettingsCells => ({
    name: place.name,
    shortName: place.shortName,
    kind: KINDS[place.kind][0],
    count: String(place.population?.count ?? ''),
    year: String(place.population?.year ?? ''),
    settlementKind: '',
    settlement: settlementsText(place.settlements),
    streets: '',
    verified: place.verified === undefined ? '' : yesNoCell(place.verified),
    ...standingCells(place, book, zone),
  });
  return {
    title: 'Муниципалитеты',
    columns: COLUMNS,
    begin: (all) => book.begin(all),
    write,
    lines: (place) => settlementLines(write(place), place.settlements),
    join: joinPlaces,
    find: book.find,
    read: (cells, before) => readingOf(() => readPlace(cells, before, book, { zone, at })),
    close: closedEntry,
  };
}

function readPlace(
  line: SettingsCells,
  before: Municipality | null,
  book: EntryBook<Municipality>,
  basis: { readonly zone: ZoneName; readonly at: Instant },
): Municipality {
  const cells = cellsOfRow(line, before);
  const { validFrom: _f, validTo: _t, successor: _s, verified: _v, ...kept } = before ?? {};
  const verified = yesNoIn(cells, 'verified') ?? before?.verified;
  return {
    ...kept,
    id: before?.id ?? book.newIdOf(line),
    ...namingIn(cells, before),
    kind: wordIn(cells, 'kind', KINDS) ?? before?.kind ?? 'district',
    population: populationIn(cells, before),
    settlements: settlementsIn(cells, before?.settlements ?? []),
    ...(verified === undefined ? {} : { verified }),
    ...standingIn(cells, before, book, basis),
  };
}

/** Both numbers or none: people of no known year cannot be compared. */
function populationIn(cells: SettingsCells, before: Municipality | null): Municipality['population'] {
  const kept = before?.population ?? null;
  const number = (column: 'count' | 'year'): number | null => {
    const said = saidIn(cells, column)?.replaceAll(/[\s\u00a0]/g, '');
    if (said === undefined) return kept?.[column] ?? null;
    return said === '' ? null : wholeNumber(column, said);
  };
  const [count, year] = [number('count'), number('year')];
  if (count === null && year === null) return null;
  if (count === null) throw new WrongCell('count', 'missing');
  if (year === null) throw new WrongCell('year', 'missing');
  return kept?.count === count && kept.year === year ? kept : { count, year, verified: true };
}

function wholeNumber(column: 'count' | 'year', said: string): number {
  const value = /^\d{1,10}$/.test(said) ? Number(said) : Number.NaN;
  const isSensible =
    column === 'count' ? value >= 1 && value <= 2_147_483_647 : value >= 1900 && value <= 2099;
  if (!isSensible) throw new WrongCell(column, 'broken_number');
  return value;
}
