import type { Topic } from '#shared/domain/dictionary.ts';
import { nameFinder, type NamedThing } from './name-finder.ts';
import { saidIn, WrongCell } from './row-cells.ts';
import { column, type SettingsCells } from './settings-table.ts';

/** A topic or a whole group that a setting is for; null for all of them. */
export interface TopicChoice {
  readonly group: string | null;
  readonly topic: string | null;
}

/** Columns of a setting that is for a topic or for a group. */
export const TOPIC_COLUMNS = [column('group', 'Группа тем', 28), column('topic', 'Тема', 44)];

export const topicCells = ({ group, topic }: TopicChoice) => ({ group: group ?? '', topic: topic ?? '' });

/**
 * Reads which topic or group cells name, in the spelling of the dictionary. The topic of a new row that is in
 * one group alone brings its group, as the form does. Throws WrongCell.
 */
export function topicChoiceReader(topics: readonly Pick<Topic, 'name' | 'group'>[]) {
  const [names, groups] = [
    [...new Set(topics.map(({ name }) => name))],
    [...new Set(topics.map(({ group }) => group))],
  ];
  const find = {
    topic: nameFinder(names, (name) => [name]),
    group: nameFinder(groups, (name) => [name]),
  };
  const groupsOf = Map.groupBy(topics, ({ name }) => name);
  const named = (cells: SettingsCells, key: 'topic' | 'group', kept: string | null): string | null => {
    const said = saidIn(cells, key);
    if (said === undefined || said === kept?.trim()) return kept;
    if (said === '') return null;
    const found: NamedThing<string> = find[key](said);
    if (!found.ok) throw new WrongCell(key, found.why);
    return found.value;
  };
  return (cells: SettingsCells, before: TopicChoice | null): TopicChoice => {
    const group = named(cells, 'group', before?.group ?? null);
    const topic = named(cells, 'topic', before?.topic ?? null);
    const own = new Set((groupsOf.get(topic ?? '') ?? []).map((one) => one.group));
    const [only] = own;
    const brings = before === null && group === null && own.size === 1 && only !== undefined;
    return { group: brings ? only : group, topic };
  };
}
