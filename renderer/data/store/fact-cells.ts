import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { PastEnding } from '#shared/report/facts/endings.ts';
import type { FactKind, FactValues } from '#shared/report/facts/fact-kinds.ts';
import { FACT_NAMES, FACTS, type FactName } from '#shared/report/facts/fact-table.ts';
import type { CellArray, Cells, ColumnKind } from './layout/column-kinds.ts';
import type { Coder } from './layout/document-codec.ts';
import type { Words } from './layout/words.ts';

/** How facts of one kind lie in a column. */
interface CellKind<V> {
  readonly column: ColumnKind;
  cellOf(value: V, choices: readonly string[], code: Coder): number;
  valueOf(cell: number, choices: readonly string[], words: Words): V;
}

const same = (value: number): number => value;
/** 0 = none. */
const orNone = {
  cellOf: (value: number | null) => value ?? 0,
  valueOf: (cell: number) => (cell === 0 ? null : cell),
};

/** Lists are words in JSON, for few incidents have any; 0 = none. */
const listOf = <T>() => {
  const none: readonly T[] = [];
  return {
    column: 'word',
    cellOf: (list: readonly T[], _: readonly string[], code: Coder) =>
      list.length === 0 ? 0 : code(JSON.stringify(list)),
    valueOf: (cell: number, _: readonly string[], words: Words): readonly T[] =>
      cell === 0 ? none : (JSON.parse(words.word(cell)) as T[]),
  } as const;
};

const named = (choices: readonly string[], place: number): string =>
  must(choices[place], 'a value of the list');

/** In the order in which the columns of facts lie. */
const KINDS = {
  /** Instants that are not there are `Infinity`, so that they sort last. */
  instant: {
    column: 'f64',
    cellOf: (at) => at ?? Infinity,
    valueOf: (cell) => (cell === Infinity ? null : cell),
  },
  duration: { column: 'f64', cellOf: same, valueOf: same },
  number: { column: 'u32', ...orNone },
  key: { column: 'u32', cellOf: same, valueOf: same },
  word: {
    column: 'word',
    cellOf: (word, _, code) => code(word),
    valueOf: (cell, _, words) => words.word(cell),
  },
  endings: listOf<PastEnding>(),
  moments: listOf<Instant>(),
  choice: {
    column: 'u8',
    cellOf: (value, choices) => choices.indexOf(value),
    valueOf: (cell, choices) => named(choices, cell),
  },
  /** Place in the list plus one, 0 = none. */
  optionalChoice: {
    column: 'u8',
    cellOf: (value, choices) => (value === null ? 0 : choices.indexOf(value) + 1),
    valueOf: (cell, choices) => (cell === 0 ? null : named(choices, cell - 1)),
  },
  grade: { column: 'u8', ...orNone },
  flag: { column: 'u8', cellOf: Number, valueOf: (cell) => cell === 1 },
  /** 255 is the most a cell holds. */
  count: { column: 'u8', cellOf: (value) => Math.min(255, value), valueOf: same },
} as const satisfies { readonly [K in FactKind]: CellKind<FactValues[K]> };

type ColumnName<N extends FactName> = (typeof FACTS)[N] extends { readonly column: infer C extends string }
  ? C
  : N;

type FactColumns = {
  readonly [N in FactName as ColumnName<N>]: (typeof KINDS)[(typeof FACTS)[N]['kind']]['column'];
};

export type FactCells = Cells<FactColumns>;

/** A fact in its column. */
interface FactCell {
  readonly name: FactName;
  readonly column: keyof FactColumns;
  readonly kind: CellKind<unknown>;
  readonly choices: readonly string[];
  readonly read: (incident: Incident) => unknown;
}

/** Facts in the order of their columns: kind by kind, each in the order in which they are declared. */
export const FACT_CELLS: readonly FactCell[] = Object.entries(KINDS).flatMap(([kindName, kind]) =>
  FACT_NAMES.filter((name) => FACTS[name].kind === kindName).map((name) => {
    const fact = FACTS[name];
    return {
      name,
      kind,
      choices: fact.choices,
      read: fact.read,
      column: 'column' in fact ? fact.column : name,
    };
  }),
) as readonly FactCell[];

export const FACT_COLUMNS = Object.fromEntries(
  FACT_CELLS.map(({ column, kind }) => [column, kind.column]),
) as FactColumns;

/** Writes the facts of an incident into the row `at`. */
export function writeFacts(incident: Incident, cells: FactCells, at: number, code: Coder): void {
  for (const { column, kind, choices, read } of FACT_CELLS)
    cells[column][at] = kind.cellOf(read(incident), choices, code);
}

/** The stretches out of work that are over, of the row `at`. */
export const pastEndingsAt = (cells: FactCells, at: number, words: Words): readonly PastEnding[] =>
  KINDS.endings.valueOf(cells.endings[at] as number, [], words);

const columnsByCells = new WeakMap<FactCells, readonly CellArray[]>();

/** Gives the columns of facts in the order of {@link FACT_CELLS}. */
export function factColumnsOf(cells: FactCells): readonly CellArray[] {
  const known = columnsByCells.get(cells);
  if (known !== undefined) return known;
  const columns = FACT_CELLS.map(({ column }) => cells[column]);
  columnsByCells.set(cells, columns);
  return columns;
}
