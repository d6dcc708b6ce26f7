import type { Topic } from '#shared/domain/dictionary.ts';
import {
  MOST_RULE_WORDS,
  RULE_COUNT,
  RULE_HOURS,
  RULE_WORD_LENGTH,
  type ImportanceRule,
} from '#shared/domain/importance-rule.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { instantAtLocal, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { CODE, closedEntry, FIRST_DAY, LAST_DAY, validityCells } from './lasting-cells.ts';
import { heldIn, namedFinder, newIds } from './named-rows.ts';
import { IMPORTANCE_WORDS } from './policy-table.ts';
import { cellsOfRow, namesIn, ownNameIn, readingOf, saidIn, wordIn, WrongCell } from './row-cells.ts';
import { column, type SettingsCells, type SettingsTable } from './settings-table.ts';
import { topicCells, TOPIC_COLUMNS, topicChoiceReader } from './topic-cells.ts';

/** The basis that a table of rules of importance is written and read on. */
export interface RuleTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly rules: readonly ImportanceRule[];
  readonly topics: readonly Pick<Topic, 'name' | 'group'>[];
}

const COLUMNS = [
  column('name', 'Название', 44, true),
  ...TOPIC_COLUMNS,
  column('importance', 'Важность', 12, true),
  column('words', 'Слова', 60),
  column('messages', 'Сообщений не меньше', 14),
  column('hours', 'За сколько часов', 14),
  FIRST_DAY,
  LAST_DAY,
  CODE,
];

/** Rules of importance as a table; without a code a row means the rule of its name, or a new one. */
export function importanceTable({ zone, at, rules, topics }: RuleTableBasis): SettingsTable<ImportanceRule> {
  const topicOf = topicChoiceReader(topics);
  const idOf = newIds(rules);
  // A new rule begins today, as in the form.
  const today = instantAtLocal(zone, localDayAt(zone, at), 0);
  return {
    title: 'Правила важности',
    columns: COLUMNS,
    write: (rule) => writeRule(rule, zone),
    find: namedFinder(rules, { zone, at }),
    read: (line, before) =>
      readingOf(() => {
        const cells = cellsOfRow(line, before);
        const importance = wordIn(cells, 'importance', IMPORTANCE_WORDS) ?? before?.importance;
        if (importance === undefined) throw new WrongCell('importance', 'missing');
        const { validFrom, validTo } = heldIn(cells, before, { zone, at });
        return {
          id: before?.id ?? idOf(line),
          name: ownNameIn(cells, before),
          importance,
          words: wordsIn(cells, before?.words ?? []),
          ...topicOf(cells, before),
          count: countIn(cells, before?.count ?? null),
          validFrom: validFrom ?? today,
          validTo,
        };
      }),
    close: closedEntry,
  };
}

const writeRule = (rule: ImportanceRule, zone: ZoneName): SettingsCells => ({
  id: rule.id,
  name: rule.name,
  ...topicCells(rule),
  importance: IMPORTANCE_WORDS[rule.importance][0],
  words: rule.words.join('\n'),
  messages: String(rule.count?.messages ?? ''),
  hours: String(rule.count?.hours ?? ''),
  ...validityCells(rule, zone),
});

function wordsIn(cells: SettingsCells, kept: ImportanceRule['words']): ImportanceRule['words'] {
  const said = saidIn(cells, 'words');
  // As they were written out: a phrase with a semicolon in it stays whole.
  if (said === undefined || said === kept.join('\n').trim()) return kept;
  const words = namesIn(said);
  if (words.length > MOST_RULE_WORDS || words.some((word) => word.length > RULE_WORD_LENGTH))
    throw new WrongCell('words', 'too_long');
  return words;
}

/** Both numbers or none, as a rule counts messages within hours. */
function countIn(cells: SettingsCells, kept: ImportanceRule['count']): ImportanceRule['count'] {
  const messages = numberIn(cells, 'messages', kept?.messages ?? null, RULE_COUNT);
  const hours = numberIn(cells, 'hours', kept?.hours ?? null, RULE_HOURS);
  if (messages === null && hours === null) return null;
  if (messages === null) throw new WrongCell('messages', 'missing');
  if (hours === null) throw new WrongCell('hours', 'missing');
  return { messages, hours };
}

function numberIn(
  cells: SettingsCells,
  key: 'messages' | 'hours',
  kept: number | null,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const said = saidIn(cells, key);
  if (said === undefined) return kept;
  if (said === '') return null;
  const value = /^\d{1,6}$/.test(said) ? Number(said) : Number.NaN;
  if (!(value >= least && value <= most)) throw new WrongCell(key, 'broken_number');
  return value;
}
