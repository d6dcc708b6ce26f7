import { shippedRenames } from '#shared/domain/data/default-dictionary.ts';
import { isInForce, isUnsortedTopic, type Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { topicIdOf } from '#shared/domain/records/topic-id.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { dayCell, momentOfCell, type DayEdge } from './day-cells.ts';
import type { CellTrouble, RowReading, SettingsCells, SettingsTable } from './settings-table.ts';

/** The basis that a table of topics is written and read on. */
export interface TopicTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  /** With their ids. */
  readonly topics: readonly Topic[];
  /** The file is a whole version, in force from this moment: what it does not have ends then. */
  readonly version: Instant | null;
}

const COLUMNS = [
  { key: 'group', header: 'Группа тем', width: 28, isRequired: true },
  { key: 'name', header: 'Тема', width: 60, isRequired: true },
  { key: 'shortName', header: 'Краткое имя', width: 20, isRequired: false },
  { key: 'severity', header: 'Тяжесть', width: 9, isRequired: false },
  { key: 'fastTrack', header: 'Быстрый порядок', width: 10, isRequired: false },
  { key: 'firstDay', header: 'Действует с', width: 13, isRequired: false },
  { key: 'lastDay', header: 'Действует по', width: 13, isRequired: false },
  { key: 'successors', header: 'Чем стала', width: 60, isRequired: false },
  { key: 'id', header: 'Код', width: 38, isRequired: false },
] as const;
/** In a whole version each topic may say what it was called. */
const FORMER = { key: 'former', header: 'Прежнее название', width: 60, isRequired: false } as const;

type Cell = (typeof COLUMNS)[number]['key'] | 'former';
const cellOf = (cells: SettingsCells, key: Cell): string => cells[key] ?? '';

/** Written where somebody said that nothing goes on with a topic. */
const NOTHING = '—';
const SEPARATOR = '; ';
const namesIn = (cell: string): readonly string[] => [
  ...new Set(
    cell
      .split(/[;\n]/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];

const writeSuccessors = (successors: readonly string[] | undefined): string =>
  successors === undefined ? '' : successors.length === 0 ? NOTHING : successors.join(SEPARATOR);

const writeTopic = (topic: Topic, zone: ZoneName): SettingsCells => ({
  group: topic.group,
  name: topic.name,
  shortName: topic.shortName ?? '',
  severity: topic.severity === null ? '' : String(topic.severity),
  fastTrack: topic.fastTrack ? 'да' : '',
  firstDay: dayCell(zone, topic.validFrom, 'first'),
  lastDay: dayCell(zone, topic.validTo, 'last'),
  successors: writeSuccessors(topic.successors),
  id: topic.id ?? '',
});

/** Topics as a table; without a code a row means the topic of its names that holds then, or a new one. */
export function dictionaryTable(basis: TopicTableBasis): SettingsTable<Topic> {
  const former = new Map<string, string[]>();
  return {
    title: 'Темы',
    columns: basis.version === null ? COLUMNS : [...COLUMNS.slice(0, 2), FORMER, ...COLUMNS.slice(2)],
    write: (topic) => writeTopic(topic, basis.zone),
    find: topicFinder(basis),
    read: topicReader(basis, former),
    close: (topic, now) => ({ ...topic, ...neverInForce(topic.validFrom ?? now) }),
    ...(basis.version === null ? {} : { rest: restOf(basis, basis.version, former) }),
  };
}

const neverInForce = (at: Instant) => ({ validFrom: at, validTo: at });

function topicFinder({ topics, zone, at, version }: TopicTableBasis): (cells: SettingsCells) => Topic | null {
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const keyOf = (group: string, name: string): string =>
    JSON.stringify([rememberedLooks(group), name.trim()]);
  const byKey = Map.groupBy(topics, ({ group, name }) => keyOf(group, name));
  return (cells) => {
    const known = byId.get(cellOf(cells, 'id'));
    if (known !== undefined && cellOf(cells, 'id') !== '') return known;
    const same = byKey.get(keyOf(cellOf(cells, 'group'), cellOf(cells, 'name'))) ?? [];
    const day = cellOf(cells, 'firstDay');
    const begins = same.find(({ validFrom }) => day !== '' && dayCell(zone, validFrom, 'first') === day);
    const moment = version ?? (day === '' ? at : (momentOfCell(zone, day, 'first', null) ?? at));
    return begins ?? same.find((topic) => isInForce(topic, moment)) ?? null;
  };
}

/** Thrown while a row is read, caught where it is. */
class Wrong extends Error {
  readonly column: Cell;
  readonly why: CellTrouble;
  constructor(column: Cell, why: CellTrouble) {
    super(why);
    [this.column, this.why] = [column, why];
  }
}

/** `former` is told what each topic of the file was called. */
function topicReader(basis: TopicTableBasis, former: Map<string, string[]>) {
  const taken = new Set(basis.topics.map(({ id }) => id ?? ''));
  return (cells: SettingsCells, before: Topic | null): RowReading<Topic> => {
    try {
      const group = named('group', cells, before?.group);
      const name = named('name', cells, before?.name);
      const id = before?.id ?? topicIdOf({ group, name }, taken);
      if (before === null) taken.add(id);
      for (const old of namesIn(cellOf(cells, 'former')))
        former.set(rememberedLooks(old), [...(former.get(rememberedLooks(old)) ?? []), name]);
      const { shortName: _s, successors: _h, ...kept } = before ?? {};
      const row: Topic = {
        ...kept,
        id,
        group,
        name,
        ...weightOf(cells, before),
        ...validityOf(cells, before, basis),
      };
      return { ok: true, row };
    } catch (error) {
      if (error instanceof Wrong) return { ok: false, column: error.column, why: error.why };
      throw error;
    }
  };
}

function named(column: 'group' | 'name', cells: SettingsCells, kept: string | undefined): string {
  const cell = cellOf(cells, column);
  if (cell === '') throw new Wrong(column, 'missing');
  if (cell.length > 1000) throw new Wrong(column, 'too_long');
  // Cells have no spaces at their ends; a stored name may.
  return kept?.trim() === cell ? kept : cell;
}

const YES = new Set(['да', '+', '1', 'yes', '★']);
const NO = new Set(['', 'нет', '-', '0', 'no']);

function weightOf(
  cells: SettingsCells,
  before: Topic | null,
): Pick<Topic, 'shortName' | 'severity' | 'fastTrack'> {
  const shortName = cells['shortName'] ?? before?.shortName ?? '';
  if (shortName.length > 1000) throw new Wrong('shortName', 'too_long');
  const grave = cells['severity'] ?? String(before?.severity ?? '');
  const severity = grave === '' ? null : Number(grave);
  if (severity !== null && !(Number.isInteger(severity) && severity >= 1 && severity <= 5))
    throw new Wrong('severity', 'broken_number');
  const mark = cells['fastTrack']?.toLowerCase();
  if (mark !== undefined && !YES.has(mark) && !NO.has(mark)) throw new Wrong('fastTrack', 'unknown');
  const fastTrack = mark === undefined ? (before?.fastTrack ?? false) : YES.has(mark);
  return { ...(shortName === '' ? {} : { shortName }), severity, fastTrack };
}

/** A column that the file does not have leaves the day as it is; so does a blank one without a code. */
function dayOf(
  cells: SettingsCells,
  column: 'firstDay' | 'lastDay',
  { zone, kept }: { readonly zone: ZoneName; readonly kept: Instant | null },
): Instant | null {
  const cell = cells[column];
  if (cell === undefined || (cell === '' && cellOf(cells, 'id') === '')) return kept;
  const edge: DayEdge = column === 'firstDay' ? 'first' : 'last';
  const moment = momentOfCell(zone, cell, edge, kept);
  if (moment === null) throw new Wrong(column, 'broken_date');
  return moment ?? null;
}

function validityOf(
  cells: SettingsCells,
  before: Topic | null,
  { zone, version }: TopicTableBasis,
): Pick<Topic, 'validFrom' | 'validTo' | 'successors'> {
  // A topic that was there before the version begins goes on as it is.
  const goesOn = version !== null && before !== null;
  const validFrom = goesOn
    ? before.validFrom
    : dayOf(cells, 'firstDay', { zone, kept: before?.validFrom ?? version });
  const validTo = dayOf(cells, 'lastDay', { zone, kept: before?.validTo ?? null });
  const cell = cells['successors'];
  const isKept =
    cell === undefined ||
    cell === writeSuccessors(before?.successors) ||
    (cell === '' && cellOf(cells, 'id') === '');
  if (isKept) {
    const kept = before?.successors;
    return { ...(kept === undefined ? {} : { successors: kept }), validFrom, validTo };
  }
  const said = cell === NOTHING || cell === '-' ? [] : namesIn(cell);
  if (said.length > 20) throw new Wrong('successors', 'too_long');
  return { ...(cell === '' ? {} : { successors: [...said] }), validFrom, validTo };
}

/**
 * The topics that a whole version has not, ended by its day. What each became: as the version says, else what
 * looks the same there, else what the product knows of renames; what an import made waits to be sorted.
 */
function restOf(
  { topics }: TopicTableBasis,
  version: Instant,
  former: ReadonlyMap<string, readonly string[]>,
): NonNullable<SettingsTable<Topic>['rest']> {
  return (rows) => {
    const there = new Set(rows.map(({ id }) => id));
    const names = new Set(rows.map(({ name }) => name));
    const alike = new Map(rows.map(({ name }) => [rememberedLooks(name), name]));
    return topics
      .filter((topic) => isInForce(topic, version) && !there.has(topic.id) && !isUnsortedTopic(topic))
      .map((topic) => {
        const looks = rememberedLooks(topic.name);
        const known = alike.get(looks) ?? shippedRenames.get(topic.name);
        const guessed = known !== undefined && known !== topic.name && names.has(known) ? [known] : undefined;
        const successors = topic.successors ?? former.get(looks) ?? guessed;
        const row: Topic = {
          ...topic,
          validTo: version,
          ...(successors === undefined ? {} : { successors: [...successors] }),
        };
        return { row, before: topic };
      });
  };
}
