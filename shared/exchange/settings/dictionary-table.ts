import { shippedRenames } from '#shared/domain/data/default-dictionary.ts';
import { isInForce, isUnsortedTopic, type Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { topicIdOf } from '#shared/domain/records/topic-id.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { dayCell, momentOfCell } from './day-cells.ts';
import { CODE, FIRST_DAY, LAST_DAY, momentIn, neverInForce, validityCells } from './lasting-cells.ts';
import { nameIn, namesIn, readingOf, WrongCell } from './row-cells.ts';
import { column, type RowReading, type SettingsCells, type SettingsTable } from './settings-table.ts';

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
  column('group', 'Группа тем', 28, true),
  column('name', 'Тема', 60, true),
  column('shortName', 'Краткое имя', 20),
  column('severity', 'Тяжесть', 9),
  column('fastTrack', 'Быстрый порядок', 10),
  FIRST_DAY,
  LAST_DAY,
  column('successors', 'Чем стала', 60),
  CODE,
];
/** In a whole version each topic may say what it was called. */
const FORMER = column('former', 'Прежнее название', 60);

type Cell = (typeof COLUMNS)[number]['key'] | 'former';
const cellOf = (cells: SettingsCells, key: Cell): string => cells[key] ?? '';

/** Written where somebody said that nothing goes on with a topic. */
const NOTHING = '—';
const SEPARATOR = '; ';

const writeSuccessors = (successors: readonly string[] | undefined): string =>
  successors === undefined ? '' : successors.length === 0 ? NOTHING : successors.join(SEPARATOR);

const writeTopic = (topic: Topic, zone: ZoneName): SettingsCells => ({
  group: topic.group,
  name: topic.name,
  shortName: topic.shortName ?? '',
  severity: topic.severity === null ? '' : String(topic.severity),
  fastTrack: topic.fastTrack ? 'да' : '',
  ...validityCells(topic, zone),
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

/** `former` is told what each topic of the file was called. */
function topicReader(basis: TopicTableBasis, former: Map<string, string[]>) {
  const taken = new Set(basis.topics.map(({ id }) => id ?? ''));
  return (cells: SettingsCells, before: Topic | null): RowReading<Topic> =>
    readingOf(() => {
      const group = nameIn(cells, 'group', before?.group);
      const name = nameIn(cells, 'name', before?.name);
      const id = before?.id ?? topicIdOf({ group, name }, taken);
      if (before === null) taken.add(id);
      for (const old of namesIn(cellOf(cells, 'former')))
        former.set(rememberedLooks(old), [...(former.get(rememberedLooks(old)) ?? []), name]);
      const { shortName: _s, successors: _h, ...kept } = before ?? {};
      return { ...kept, id, group, name, ...weightOf(cells, before), ...validityOf(cells, before, basis) };
    });
}

const YES = new Set(['да', '+', '1', 'yes', '★']);
const NO = new Set(['', 'нет', '-', '0', 'no']);

function weightOf(
  cells: SettingsCells,
  before: Topic | null,
): Pick<Topic, 'shortName' | 'severity' | 'fastTrack'> {
  const shortName = cells['shortName'] ?? before?.shortName ?? '';
  if (shortName.length > 1000) throw new WrongCell('shortName', 'too_long');
  const grave = cells['severity'] ?? String(before?.severity ?? '');
  const severity = grave === '' ? null : Number(grave);
  if (severity !== null && !(Number.isInteger(severity) && severity >= 1 && severity <= 5))
    throw new WrongCell('severity', 'broken_number');
  const mark = cells['fastTrack']?.toLowerCase();
  if (mark !== undefined && !YES.has(mark) && !NO.has(mark)) throw new WrongCell('fastTrack', 'unknown');
  const fastTrack = mark === undefined ? (before?.fastTrack ?? false) : YES.has(mark);
  return { ...(shortName === '' ? {} : { shortName }), severity, fastTrack };
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
    : (momentIn(cells, 'firstDay', zone, before?.validFrom ?? version) ?? null);
  const validTo = momentIn(cells, 'lastDay', zone, before?.validTo) ?? null;
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
  if (said.length > 20) throw new WrongCell('successors', 'too_long');
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
