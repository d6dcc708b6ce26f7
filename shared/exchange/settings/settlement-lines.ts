import type { Settlement } from '#shared/domain/directory.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { namesIn, SAYS_ANOTHER, saidIn, WrongCell } from './row-cells.ts';
import type { PlainRow, SettingsCells } from './settings-table.ts';

/** Letters of streets in one cell: a spreadsheet holds 32,767; more go on in the next line. */
const STREETS_LENGTH = 30_000;
const SEPARATOR = '; ';

/** Joins a settlement's kind, name and streets inside one cell of a municipality that was joined of lines. */
const PART = '\u0001';
const NEXT = '\u0002';

/** Streets as cells, each of a length that a spreadsheet takes; one empty cell where there are none. */
function streetCells(streets: readonly string[]): readonly string[] {
  const cells: string[] = [];
  for (const street of streets) {
    const last = cells.at(-1);
    if (last === undefined || last.length + SEPARATOR.length + street.length > STREETS_LENGTH)
      cells.push(street);
    else cells[cells.length - 1] = last + SEPARATOR + street;
  }
  return cells.length === 0 ? [''] : cells;
}

/**
 * Lines of a municipality: `whole` is what it is itself, told on the first; its name and code stand on each.
 * One without settlements is one line.
 */
export function settlementLines(
  whole: SettingsCells,
  settlements: readonly Settlement[],
): readonly SettingsCells[] {
  const name = { name: whole['name'] ?? '', id: whole['id'] ?? '' };
  const lines = settlements.flatMap((one) =>
    streetCells(one.streets ?? []).map((streets) => ({
      settlementKind: one.kind,
      settlement: one.name,
      streets,
    })),
  );
  const [first = { settlementKind: '', settlement: '', streets: '' }, ...others] = lines;
  return [{ ...whole, ...first }, ...others.map((line) => ({ ...name, ...line }))];
}

/** Settlements as the preview tells them, one a line: «с Валдгейм: Мира; Садовая». */
export const settlementsText = (settlements: readonly Settlement[]): string =>
  settlements
    .map(({ kind, name, streets = [] }) => {
      const called = [kind, name].filter(Boolean).join(' ');
      return streets.length === 0 ? called : `${called}: ${streets.join(SEPARATOR)}`;
    })
    .join('\n');

const OF_SETTLEMENT = ['settlementKind', 'settlement', 'streets'] as const;
const isOfSettlement = (key: string): boolean => OF_SETTLEMENT.some((one) => one === key);

/**
 * Lines about one municipality as one row, with the number of the first: what the lines say of it must be the
 * same or nothing; settlements are counted up. A line is known by its code, else by its name.
 */
export function joinPlaces(lines: readonly PlainRow[]): readonly PlainRow[] {
  const codes = new Map<string, string>();
  for (const { cells } of lines)
    if (cells['id']) codes.set(rememberedLooks(cells['name'] ?? ''), cells['id']);
  const keyOf = ({ number, cells: { name = '', id = '' } }: PlainRow): string =>
    // A line without a name is told of by itself.
    id || codes.get(rememberedLooks(name)) || (name === '' ? `=${number}` : `=${rememberedLooks(name)}`);
  return [...Map.groupBy(lines, keyOf).values()].map(joined);
}

function joined(lines: readonly PlainRow[]): PlainRow {
  const [first] = lines;
  if (first === undefined) throw new Error('a group of no lines');
  const cells: Record<string, string> = {};
  for (const key of Object.keys(first.cells)) {
    if (isOfSettlement(key)) continue;
    const said = lines.map((line) => line.cells[key] ?? '').filter(Boolean);
    const once = new Map(said.map((cell) => [key === 'name' ? rememberedLooks(cell) : cell, cell]));
    cells[key] = [...once.values()].join(SAYS_ANOTHER);
  }
  const told = lines.map((line) => OF_SETTLEMENT.map((key) => line.cells[key] ?? '').join(PART));
  // Empty where the file has the column, so that a column which it has not is told apart.
  for (const key of OF_SETTLEMENT) if (first.cells[key] !== undefined) cells[key] = '';
  if (first.cells['settlement'] !== undefined)
    cells['settlement'] = told.filter((line) => line !== PART + PART).join(NEXT);
  return { number: first.number, cells, isMerged: lines.some(({ isMerged }) => isMerged) };
}

/**
 * Settlements that a joined cell tells, as `kept` where it says the same. Kinds and streets stay as they are
 * where the file has no column of them.
 */
export function settlementsIn(cells: SettingsCells, kept: readonly Settlement[]): Settlement[] {
  const said = saidIn(cells, 'settlement');
  if (said === undefined) return [...kept];
  const read = parsed(said === '' ? [] : said.split(NEXT).map((line) => line.split(PART)));
  const written = settlementLines({}, kept).map((line) =>
    OF_SETTLEMENT.map((key) => (line[key] ?? '').trim()),
  );
  if (sameJson(read, kept.length === 0 ? [] : parsed(written))) return [...kept];
  return read.map((one) => {
    const [known, second] = kept.filter(({ name }) => name.trim() === one.name);
    if (known === undefined || second !== undefined) return one;
    const streets = cells['streets'] === undefined ? known.streets : one.streets;
    const kind = cells['settlementKind'] === undefined ? known.kind : one.kind;
    return { name: one.name, kind, ...(streets === undefined ? {} : { streets }) };
  });
}

function parsed(lines: readonly (readonly string[])[]): Settlement[] {
  const found = new Map<string, { kind: string; name: string; streets: Set<string> }>();
  for (const [kind = '', name = '', streets = ''] of lines) {
    if (name === '') throw new WrongCell('settlement', 'missing');
    if (name.length > 1000) throw new WrongCell('settlement', 'too_long');
    if (kind.length > 100) throw new WrongCell('settlementKind', 'too_long');
    const key = kind + PART + name;
    const one = found.get(key) ?? { kind, name, streets: new Set<string>() };
    found.set(key, one);
    for (const street of namesIn(streets)) {
      if (street.length > 1000) throw new WrongCell('streets', 'too_long');
      one.streets.add(street);
    }
  }
  return [...found.values()].map(({ kind, name, streets }) => ({
    name,
    kind,
    ...(streets.size === 0 ? {} : { streets: [...streets] }),
  }));
}
