import type { Agency } from '#shared/domain/directory.ts';
import {
  BASIS_LENGTH,
  type DeadlinePolicy,
  type DeadlineStart,
  type DeadlineUnit,
} from '#shared/domain/deadline.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { Importance, Network } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { agencyReader } from './agency-cell.ts';
import { CODE, closedEntry, FIRST_DAY, LAST_DAY, validityCells } from './lasting-cells.ts';
import { lengthCell, lengthIn } from './length-cell.ts';
import { heldIn, namedFinder, newIds } from './named-rows.ts';
import {
  cellsOfRow,
  choiceIn,
  ownNameIn,
  readingOf,
  saidIn,
  textIn,
  wordIn,
  WrongCell,
  type CellWords,
} from './row-cells.ts';
import { column, type SettingsCells, type SettingsTable } from './settings-table.ts';
import { topicCells, TOPIC_COLUMNS, topicChoiceReader } from './topic-cells.ts';

/** The basis that a table of deadlines is written and read on. */
export interface PolicyTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly policies: readonly DeadlinePolicy[];
  readonly agencies: readonly Agency[];
  readonly topics: readonly Pick<Topic, 'name' | 'group'>[];
}

const COLUMNS = [
  column('name', 'Название', 44, true),
  ...TOPIC_COLUMNS,
  column('start', 'Откуда считать', 22, true),
  column('unit', 'Какое время', 14),
  column('limit', 'Срок', 14, true),
  column('agency', 'Ведомство', 44),
  column('importance', 'Важность', 12),
  column('network', 'Откуда сообщение', 18),
  column('warning', 'Предупредить за', 16),
  column('basis', 'Акт и пункт', 44),
  FIRST_DAY,
  LAST_DAY,
  CODE,
];

const STARTS: CellWords<DeadlineStart> = {
  created: ['от поступления', 'поступление'],
  assigned: ['от направления', 'направление'],
  interimReply: ['от промежуточного ответа', 'от промежуточного', 'промежуточный ответ'],
};
const UNITS: CellWords<DeadlineUnit> = {
  working: ['рабочее', 'рабочее время', 'рабочие часы'],
  calendar: ['календарное', 'календарное время', 'календарные часы'],
};
export const IMPORTANCE_WORDS: CellWords<Importance> = { ordinary: ['обычная'], high: ['высокая'] };
export const NETWORK_WORDS: CellWords<Network> = {
  vk: ['вконтакте', 'вк'],
  ok: ['одноклассники', 'ок'],
  telegram: ['телеграм', 'telegram'],
  max: ['max', 'макс'],
  other: ['другой источник', 'другое'],
};

/** Deadlines as a table; without a code a row means the deadline of its name, or a new one. */
export function policyTable({
  zone,
  at,
  policies,
  agencies,
  topics,
}: PolicyTableBasis): SettingsTable<DeadlinePolicy> {
  const names = new Map(agencies.map(({ id, name }) => [id, name]));
  const readers = { agencyOf: agencyReader(agencies, at), topicOf: topicChoiceReader(topics) };
  const idOf = newIds(policies);
  return {
    title: 'Сроки',
    columns: COLUMNS,
    write: (policy) => ({
      ...wordsOf(policy),
      agency: policy.agency === null ? '' : (names.get(policy.agency)?.trim() ?? policy.agency),
      ...validityCells(policy, zone),
    }),
    find: namedFinder(policies, { zone, at }),
    read: (line, before) =>
      readingOf(() => {
        const cells = cellsOfRow(line, before);
        const policy = { ...limitOf(cells, before), ...filtersOf(cells, before, readers) };
        const held = heldIn(cells, before, { zone, at });
        return { ...policy, ...held, id: before?.id ?? idOf(line) };
      }),
    close: closedEntry,
  };
}

const wordsOf = (policy: DeadlinePolicy): SettingsCells => ({
  id: policy.id,
  name: policy.name,
  ...topicCells(policy),
  start: STARTS[policy.start][0],
  unit: UNITS[policy.unit][0],
  limit: lengthCell(policy.minutes),
  importance: policy.importance === null ? '' : IMPORTANCE_WORDS[policy.importance][0],
  network: policy.network === null ? '' : NETWORK_WORDS[policy.network][0],
  warning: policy.warning === null ? '' : lengthCell(policy.warning),
  basis: policy.basis ?? '',
});

type Limit = Pick<DeadlinePolicy, 'name' | 'start' | 'unit' | 'minutes' | 'warning' | 'basis'>;

function limitOf(cells: SettingsCells, before: DeadlinePolicy | null): Limit {
  const start = wordIn(cells, 'start', STARTS) ?? before?.start;
  const limit = saidIn(cells, 'limit') ?? (before === null ? '' : lengthCell(before.minutes));
  const warning = saidIn(cells, 'warning');
  const basis = textIn(cells, 'basis', { kept: before?.basis ?? undefined, most: BASIS_LENGTH });
  if (start === undefined) throw new WrongCell('start', 'missing');
  if (limit === '') throw new WrongCell('limit', 'missing');
  const minutes = lengthIn('limit', limit);
  if (minutes === 0) throw new WrongCell('limit', 'broken_length');
  return {
    name: ownNameIn(cells, before),
    start,
    unit: wordIn(cells, 'unit', UNITS) ?? before?.unit ?? 'working',
    minutes,
    warning:
      warning === undefined
        ? (before?.warning ?? null)
        : warning === ''
          ? null
          : lengthIn('warning', warning),
    basis: basis === '' && before?.basis !== '' ? null : basis,
  };
}

type Filters = Pick<DeadlinePolicy, 'group' | 'topic' | 'agency' | 'importance' | 'network'>;

function filtersOf(
  cells: SettingsCells,
  before: DeadlinePolicy | null,
  readers: {
    readonly agencyOf: ReturnType<typeof agencyReader>;
    readonly topicOf: ReturnType<typeof topicChoiceReader>;
  },
): Filters {
  const agency = saidIn(cells, 'agency');
  return {
    ...readers.topicOf(cells, before),
    agency:
      agency === undefined
        ? (before?.agency ?? null)
        : agency === ''
          ? null
          : readers.agencyOf(agency, before?.agency),
    importance: choiceIn(cells, 'importance', IMPORTANCE_WORDS, before?.importance),
    network: choiceIn(cells, 'network', NETWORK_WORDS, before?.network),
  };
}
