import type { TFunction } from 'i18next';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';

/** Words of a rule that a line of the list names; the others are counted. */
const NAMED_WORDS = 6;

/** «слова: пожар, газ и ещё 3 · тема «Отопление» · 3 сообщения об одном адресе и теме за 24 ч». */
export function conditionWords({ words, topic, group, count }: ImportanceRule, t: TFunction): string {
  const named = words.slice(0, NAMED_WORDS).join(', ');
  const more = words.length - NAMED_WORDS;
  return [
    topic === null ? '' : t('deadlines.filter.topic', { value: topic }),
    topic !== null || group === null ? '' : t('deadlines.filter.group', { value: group }),
    words.length === 0 ? '' : t('importanceRules.condition.words', { count: words.length, words: named }),
    more > 0 ? t('importanceRules.condition.more', { count: more }) : '',
    count === null ? '' : t('importanceRules.condition.count', { count: count.messages, hours: count.hours }),
  ]
    .filter(Boolean)
    .join(' · ');
}
