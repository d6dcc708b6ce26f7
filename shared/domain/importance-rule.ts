import { z } from 'zod';
import { hasPhrase, phraseText } from '#shared/text/find-phrase.ts';
import { referenceName, validity } from './bounds.ts';
import { IMPORTANCES, type Importance, type Incident, type RuledBy } from './incident.ts';
import { MS_PER_HOUR, type Instant } from './instant.ts';
import { placeKey } from './likeness.ts';

/** Who gives importance by the centre's rules: nobody's hand. */
export const IMPORTANCE_ACTOR = 'centre:importance';

/** Words and phrases of one rule, and letters of each. */
export const MOST_RULE_WORDS = 100;
export const RULE_WORD_LENGTH = 100;

/** Messages and hours that a rule may count: a month at most. */
export const RULE_COUNT = { least: 2, most: 1000 } as const;
export const RULE_HOURS = { least: 1, most: 720 } as const;

/**
 * A rule that gives importance to messages. A condition that is empty or `null` fits everything, and all of
 * the others must hold. It is in force for messages that came in [validFrom, validTo).
 */
export const importanceRuleSchema = z.object({
  id: referenceName.min(1),
  name: referenceName.min(1),
  importance: z.enum(IMPORTANCES),
  /** One of these stands in the message, in any form. */
  words: z.array(z.string().min(1).max(RULE_WORD_LENGTH)).max(MOST_RULE_WORDS),
  group: referenceName.nullable(),
  topic: referenceName.nullable(),
  /** So many messages on one address and topic came within so many hours. */
  count: z
    .object({
      messages: z.number().int().min(RULE_COUNT.least).max(RULE_COUNT.most),
      hours: z.number().int().min(RULE_HOURS.least).max(RULE_HOURS.most),
    })
    .nullable(),
  validFrom: validity,
  validTo: validity.nullable().default(null),
});
/** See {@link importanceRuleSchema}. */
export type ImportanceRule = Readonly<z.infer<typeof importanceRuleSchema>>;

/** The fields of a message that rules look at. */
export interface WeighedMessage {
  readonly createdAt: Instant;
  readonly group: string | null;
  readonly topic: string | null;
  /** Everything the resident wrote. */
  readonly text: string;
  /** When the messages on its address and topic came, in order and with itself; none: it names no address. */
  readonly alike: readonly Instant[];
}

/** The importance that rules give a message, and the one of them that won. */
export interface Weighed {
  readonly importance: Importance;
  readonly by: RuledBy;
}

/** The key of messages on one address and topic; null for a message that names no address or topic. */
export function alikeKey({
  classification,
  place,
}: Pick<Incident, 'classification' | 'place'>): string | null {
  const key = placeKey(place);
  if (classification === null || key === 0) return null;
  return JSON.stringify([classification.topic, place.municipality, key]);
}

/** The part of an incident that rules look at. */
export const weighedMessage = (incident: Incident, alike: readonly Instant[]): WeighedMessage => ({
  createdAt: incident.createdAt,
  group: incident.classification?.group ?? null,
  topic: incident.classification?.topic ?? null,
  text: [incident.text, ...incident.messages.map(({ text }) => text)].join('\n\n'),
  alike,
});

/** Most messages that came within so many hours of one another, that of `at` among them. */
export function mostWithin(alike: readonly Instant[], at: Instant, hours: number): number {
  const length = hours * MS_PER_HOUR;
  let most = 0;
  let end = 0;
  for (let start = 0; start < alike.length && (alike[start] ?? Infinity) <= at; start += 1) {
    const first = alike[start] ?? 0;
    if (at - first > length) continue;
    while (end < alike.length && (alike[end] ?? Infinity) - first <= length) end += 1;
    most = Math.max(most, end - start);
  }
  return most;
}

/**
 * The rule that wins for a message, with what speaks for it; null where none fits. A topic outweighs a group,
 * a group words, words a count; among equals the more important, then the one in force since later, then the
 * smaller id.
 */
export function weigh(message: WeighedMessage, rules: readonly ImportanceRule[]): Weighed | null {
  const { createdAt } = message;
  const running = rules.filter(
    ({ validFrom, validTo }) => validFrom <= createdAt && createdAt < (validTo ?? Infinity),
  );
  // Nothing is read of a message that no rule is in force for.
  if (running.length === 0) return null;
  const written = phraseText(message.text);
  for (const rule of inWinningOrder(running)) {
    const word = rule.words.find((phrase) => hasPhrase(written, phrase));
    const count = rule.count === null ? 0 : mostWithin(message.alike, createdAt, rule.count.hours);
    const fits =
      (rule.topic === null || rule.topic === message.topic) &&
      (rule.group === null || rule.group === message.group) &&
      (rule.words.length === 0 || word !== undefined) &&
      (rule.count === null || count >= rule.count.messages);
    if (fits) return { importance: rule.importance, by: reasonOf(rule, word, count) };
  }
  return null;
}

const reasonOf = (
  { id, name, topic, group, count }: ImportanceRule,
  word: string | undefined,
  messages: number,
): RuledBy => ({
  rule: id,
  name,
  ...(word === undefined ? {} : { word }),
  ...(topic === null && group === null ? {} : { topic: topic ?? group ?? '' }),
  ...(count === null ? {} : { messages, hours: count.hours }),
});

/** Conditions of a rule, the strongest first: one of them outweighs all that come after it. */
const CONDITIONS: readonly ((rule: ImportanceRule) => boolean)[] = [
  ({ topic }) => topic !== null,
  ({ group }) => group !== null,
  ({ words }) => words.length > 0,
  ({ count }) => count !== null,
];

const weightOf = (rule: ImportanceRule): number =>
  CONDITIONS.reduce((sum, isSet) => sum * 2 + (isSet(rule) ? 1 : 0), 0);

/** Rules in the order in which they win. */
export const inWinningOrder = (rules: readonly ImportanceRule[]): readonly ImportanceRule[] =>
  rules.toSorted(
    (a, b) =>
      weightOf(b) - weightOf(a) ||
      IMPORTANCES.indexOf(b.importance) - IMPORTANCES.indexOf(a.importance) ||
      b.validFrom - a.validFrom ||
      (a.id < b.id ? -1 : 1),
  );

/** True where a person chose the importance: no rule changes it then. */
export const isChosenByPerson = ({ history }: Pick<Incident, 'history'>): boolean =>
  history.some(({ event, undone }) => event === 'importance_set' && undone !== true);

/** A change of importance that follows from rules; `by` is null where no rule speaks any more. */
export interface RuledChange {
  readonly importance: Importance;
  readonly by: RuledBy | null;
}

/** The change that rules make to an incident now; null where it is as they have it, or a person chose. */
export function ruledChange(
  incident: Incident,
  alike: readonly Instant[],
  rules: readonly ImportanceRule[],
): RuledChange | null {
  if (isChosenByPerson(incident)) return null;
  const weighed = weigh(weighedMessage(incident, alike), rules);
  const importance = weighed?.importance ?? IMPORTANCES[0];
  // Of an ordinary message nothing has to be explained.
  const by = weighed === null || importance === IMPORTANCES[0] ? null : weighed.by;
  const isSame = importance === incident.importance && by?.rule === incident.ruled?.rule;
  const isOlder = by === null && incident.ruled === undefined;
  return isSame || isOlder ? null : { importance, by };
}
