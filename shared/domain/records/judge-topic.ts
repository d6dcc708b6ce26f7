import { lastOf, type Topic } from '#shared/domain/dictionary.ts';
import { SHORT_NAME_LENGTH } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { Surroundings } from './surroundings.ts';
import type { TopicShelf, TopicUse } from './topic-surroundings.ts';

/**
 * Says why a topic may not become `after`; null when it may. Only what is changed is judged. Incidents,
 * routes and deadlines know a topic by its name: one that is in use keeps it, and a new name is a new topic
 * that the old one became.
 */
export function judgeTopic(
  after: Topic,
  before: Topic | null,
  { at, dictionary }: Pick<Surroundings, 'at' | 'dictionary'>,
): Refusal | null {
  if (dictionary === undefined) return null;
  const topics = withTopic(dictionary.topics, after);
  const use = dictionary.uses?.get(after.id ?? '') ?? null;
  const hasChanged = (...fields: readonly (keyof Topic)[]): boolean =>
    before === null || fields.some((field) => !sameJson(before[field] ?? null, after[field] ?? null));
  return (
    (hasChanged('name', 'group') ? judgeUse(before, use) : null) ??
    (hasChanged('validFrom', 'validTo') && endOf(after) < beginOf(after)
      ? { kind: 'ends_before_beginning' }
      : null) ??
    (hasChanged('name', 'validFrom', 'validTo') ? judgeName(after, topics) : null) ??
    (hasChanged('shortName', 'validFrom', 'validTo') ? judgeShortName(after, topics) : null) ??
    (hasChanged('validTo', 'successors') ? judgeSuccessors(after, topics) : null) ??
    (hasChanged('validFrom', 'validTo') ? judgeLast(after, before, topics, at) : null)
  );
}

/** Of many rows judged together, each is there already. */
function withTopic(topics: TopicShelf, topic: Topic): TopicShelf {
  if (sameJson(topics.get(topic.id ?? ''), topic)) return topics;
  const copy = topics.copy();
  copy.put(topic);
  return copy;
}

const beginOf = ({ validFrom }: Topic): Instant => validFrom ?? -Infinity;
const endOf = ({ validTo }: Topic): Instant => validTo ?? Infinity;

/** One that ends as it begins was taken back before it was in force, and is in nobody's way. */
const overlaps = (a: Topic, b: Topic): boolean =>
  Math.max(beginOf(a), beginOf(b)) < Math.min(endOf(a), endOf(b));

const judgeUse = (before: Topic | null, use: TopicUse | null): Refusal | null =>
  before === null || use === null || use.incidents + use.rules === 0
    ? null
    : { kind: 'topic_in_use', incidents: use.incidents, rules: use.rules };

function judgeName(topic: Topic, topics: TopicShelf): Refusal | null {
  const twin = topics
    .looking('name', topic.name)
    .find((other) => other.id !== topic.id && overlaps(topic, other));
  return twin === undefined ? null : { kind: 'topic_taken', topic: twin.name, group: twin.group };
}

function judgeShortName(topic: Topic, topics: TopicShelf): Refusal | null {
  const { shortName } = topic;
  if (shortName === undefined) return null;
  if (Array.from(shortName).length > SHORT_NAME_LENGTH)
    return { kind: 'short_name_long', limit: SHORT_NAME_LENGTH };
  const twin = topics
    .looking('shortName', shortName)
    .find((other) => other.id !== topic.id && overlaps(topic, other));
  return twin === undefined ? null : { kind: 'short_topic_taken', topic: twin.name };
}

/** Whoever becomes another ends, and the other goes on. */
function judgeSuccessors(topic: Topic, topics: TopicShelf): Refusal | null {
  const { successors = [], validTo } = topic;
  if (successors.length > 0 && validTo === null) return { kind: 'successor_of_open' };
  for (const name of successors) {
    const heirs = topics.named(name).filter(({ id }) => id !== topic.id);
    if (name === topic.name && heirs.length === 0) return { kind: 'topics_in_ring', topic: name };
    if (heirs.length === 0) return { kind: 'unknown_topic', topic: name };
    if (leadsTo(topic, name, topics)) return { kind: 'topics_in_ring', topic: name };
    if (!heirs.some((heir) => endOf(heir) > endOf(topic))) return { kind: 'topic_ended', topic: name };
  }
  return null;
}

/** True where a name's last topic, or one that it became in its turn, is this topic again. */
function leadsTo(topic: Topic, name: string, topics: TopicShelf): boolean {
  const passed = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (passed.has(next)) continue;
    passed.add(next);
    const last = lastOf(topics.named(next));
    if (last?.id === topic.id) return true;
    open.push(...(last?.successors ?? []));
  }
  return false;
}

/** Without a topic in force nothing can be triaged. */
function judgeLast(after: Topic, before: Topic | null, topics: TopicShelf, at: Instant): Refusal | null {
  if (before === null) return null;
  const moments = [at, Math.max(at, after.validTo ?? at)];
  const leaves = moments.some(
    (moment) => beginOf(before) <= moment && moment < endOf(before) && !topics.isInForceAt(moment),
  );
  return leaves ? { kind: 'last_topic' } : null;
}
