import type { Topic } from '#shared/domain/dictionary.ts';
import type { Outcome } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { TEMPLATE_LENGTH, type ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { dayOfYearWords, isDayOfYear, readDayOfYear } from '#shared/domain/templates/season.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { CODE, closedEntry, FIRST_DAY, LAST_DAY, validityCells } from './lasting-cells.ts';
import { heldIn, namedFinder, newIds } from './named-rows.ts';
import { NETWORK_WORDS } from './policy-table.ts';
import {
  cellsOfRow,
  choiceIn,
  ownNameIn,
  readingOf,
  saidIn,
  textIn,
  WrongCell,
  type CellWords,
} from './row-cells.ts';
import { column, type SettingsCells, type SettingsTable } from './settings-table.ts';
import { topicCells, TOPIC_COLUMNS, topicChoiceReader } from './topic-cells.ts';

/** The basis that a table of templates is written and read on. */
export interface TemplateTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly templates: readonly ReplyTemplate[];
  readonly topics: readonly Pick<Topic, 'name' | 'group'>[];
}

const COLUMNS = [
  column('name', 'Название', 44, true),
  column('text', 'Текст', 80, true),
  ...TOPIC_COLUMNS,
  column('outcome', 'Итог', 16),
  column('network', 'Откуда сообщение', 18),
  column('seasonFrom', 'Каждый год с', 14),
  column('seasonTo', 'Каждый год по', 14),
  FIRST_DAY,
  LAST_DAY,
  CODE,
];

const OUTCOMES_SAID: CellWords<Outcome> = {
  solved: ['решено'],
  explained: ['разъяснено'],
  not_solved: ['не решено'],
  postponed: ['отложено'],
  forwarded: ['перенаправлено'],
};

/** Templates of replies as a table; without a code a row means the template of its name, or a new one. */
export function templateTable({
  zone,
  at,
  templates,
  topics,
}: TemplateTableBasis): SettingsTable<ReplyTemplate> {
  const topicOf = topicChoiceReader(topics);
  const idOf = newIds(templates);
  return {
    title: 'Шаблоны ответов',
    columns: COLUMNS,
    write: (template) => writeTemplate(template, zone),
    find: namedFinder(templates, { zone, at }),
    read: (line, before) =>
      readingOf(() => {
        const cells = cellsOfRow(line, before);
        const text = textIn(cells, 'text', { kept: before?.text, most: TEMPLATE_LENGTH });
        if (text.trim() === '') throw new WrongCell('text', 'missing');
        return {
          id: before?.id ?? idOf(line),
          name: ownNameIn(cells, before),
          text,
          ...topicOf(cells, before),
          outcome: choiceIn(cells, 'outcome', OUTCOMES_SAID, before?.outcome),
          network: choiceIn(cells, 'network', NETWORK_WORDS, before?.network),
          season: seasonIn(cells, before?.season ?? null),
          ...heldIn(cells, before, { zone, at }),
        };
      }),
    close: closedEntry,
  };
}

const writeTemplate = (template: ReplyTemplate, zone: ZoneName): SettingsCells => ({
  id: template.id,
  name: template.name,
  text: template.text,
  ...topicCells(template),
  outcome: template.outcome === null ? '' : OUTCOMES_SAID[template.outcome][0],
  network: template.network === null ? '' : NETWORK_WORDS[template.network][0],
  seasonFrom: dayOfYearWords(template.season?.from ?? ''),
  seasonTo: dayOfYearWords(template.season?.to ?? ''),
  ...validityCells(template, zone),
});

/** Both days or none. */
function seasonIn(cells: SettingsCells, kept: ReplyTemplate['season']): ReplyTemplate['season'] {
  const from = dayIn(cells, 'seasonFrom', kept?.from ?? '');
  const to = dayIn(cells, 'seasonTo', kept?.to ?? '');
  if (from === '' && to === '') return null;
  if (from === '') throw new WrongCell('seasonFrom', 'missing');
  if (to === '') throw new WrongCell('seasonTo', 'missing');
  return { from, to };
}

function dayIn(cells: SettingsCells, key: 'seasonFrom' | 'seasonTo', kept: string): string {
  const said = saidIn(cells, key);
  if (said === undefined || said === '') return said ?? kept;
  const day = readDayOfYear(said);
  if (!isDayOfYear(day)) throw new WrongCell(key, 'broken_date');
  return day;
}
