import type { QueueQuery } from './console-store.ts';
import type { IncidentCells } from './incident-codec.ts';
import { NETWORKS } from '#shared/domain/incident.ts';
import type { RowTest } from './lanes.ts';
import type { Words } from './layout/words.ts';

type CodedColumn = 'municipality' | 'group' | 'topic' | 'agency' | 'network';

/** Rows whose column has one of the codes. */
function oneOf(column: CodedColumn, codes: readonly number[]): RowTest {
  const wanted = new Set(codes);
  return (cells, index) => wanted.has(cells[column][index] as number);
}

/** The conditions a query adds to its lane, words excepted. An unknown name matches nothing. */
export function filterTests(query: QueueQuery, words: Words): readonly RowTest[] {
  const coded = (names: readonly string[]): number[] => names.map((name) => words.find(name) ?? -1);
  const tests: RowTest[] = [];
  const choose = (column: CodedColumn, codes: readonly number[]): void => {
    if (codes.length > 0) tests.push(oneOf(column, codes));
  };
  choose('municipality', coded(query.municipalities));
  choose('group', coded(query.groups));
  choose('topic', coded(query.topics));
  choose('agency', coded(query.agencies));
  choose(
    'network',
    query.networks.map((name) => (NETWORKS as readonly string[]).indexOf(name)),
  );
  const { from, to } = query;
  if (from !== null) tests.push((cells, index) => (cells.createdAt[index] as number) >= from);
  if (to !== null) tests.push((cells, index) => (cells.createdAt[index] as number) < to);
  return tests;
}

/** The key a query sorts by, smallest first. */
export const sortKey = (sort: QueueQuery['sort'], cells: IncidentCells, index: number): number => {
  if (sort === 'due') return cells.dueAt[index] as number;
  if (sort === 'waiting') return cells.stepSince[index] as number;
  if (sort === 'promised') return cells.promiseAt[index] as number;
  const created = cells.createdAt[index] as number;
  return sort === 'created' ? created : -created;
};
