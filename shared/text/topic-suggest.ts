import type { Topic } from '#shared/domain/dictionary.ts';
import { must } from '#shared/domain/must.ts';
import { isStopWord, normaliseText, stemOf, tokenise } from './tokens.ts';

/**
 * A proposed topic. `share` is its part of the total score, 0 … 1; `words` are the words of the message that
 * spoke for it, as written.
 */
export type TopicSuggestion = {
  readonly topic: string;
  readonly group: string;
  readonly share: number;
  readonly words: readonly string[];
};

type Clue = { readonly topic: number; readonly stems: readonly string[]; readonly weight: number };

/** Topics made ready for suggestions. Made by {@link buildTopicModel}. */
export type TopicModel = {
  readonly topics: readonly Pick<Topic, 'name' | 'group'>[];
  /** By the first stem of the clue. */
  readonly clues: ReadonlyMap<string, readonly Clue[]>;
};

/**
 * A word of the lexicon outweighs the words of a topic's own name, which is written in another language than
 * residents speak.
 */
const LEXICON_WEIGHT = 2;
/** A pair of words together says more than two words apart. */
const PAIR_FACTOR = 2;
const NAME_WEIGHT = 1.2;
/** Words of topic names that name no topic. */
const EMPTY_WORDS = new Set(
  `прочее прочие кроме исключением уточненных тем пр др числе отсутствие неудовлетворительное ненадлежащее
  состояние качество организация вопросы`.split(/\s+/),
);
const REFUSAL = 'не';

function nameStems(name: string): string[] {
  const words = tokenise(name).filter(
    ({ norm }) => norm.length > 2 && !isStopWord(norm) && !EMPTY_WORDS.has(norm),
  );
  return [...new Set(words.map((word) => word.stem))];
}

/** Rare words weigh more: ln(topics / topics with the word), at least a little. */
function rarityOf(all: readonly (readonly string[])[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const stem of all.flat()) {
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return (stem) => Math.log(all.length / (counts.get(stem) ?? 1)) / Math.log(Math.max(2, all.length));
}

/**
 * Prepares topics with the lexicon (lines `topic: word, word+word`; lines about topics not given are left
 * out).
 */
export function buildTopicModel(topics: TopicModel['topics'], lexicon: string): TopicModel {
  const names = topics.map((topic) => nameStems(topic.name));
  const rarity = rarityOf(names);
  const clues: Clue[] = names.flatMap((stems, topic) =>
    stems.map((stem): Clue => ({
      topic,
      stems: [stem],
      weight: (NAME_WEIGHT * rarity(stem)) / Math.sqrt(stems.length),
    })),
  );
  const index = new Map(topics.map((topic, position) => [topic.name, position]));
  for (const line of lexicon.trim().split('\n')) {
    const colon = must(line.includes(': ') ? line.lastIndexOf(': ') : null, `topic and words in "${line}"`);
    const words = line.slice(colon + 2);
    const topic = index.get(line.slice(0, colon));
    if (topic === undefined) {
      continue;
    }
    for (const entry of words.split(',')) {
      const stems = entry
        .trim()
        .split('+')
        .map((word) => stemOf(normaliseText(word)));
      clues.push({ topic, stems, weight: LEXICON_WEIGHT * (stems.length > 1 ? PAIR_FACTOR : 1) });
    }
  }
  return { topics, clues: Map.groupBy(clues, (clue) => clue.stems[0] ?? '') };
}

/**
 * Up to `limit` topics for a message, the likeliest first, with the words that speak for each; none when no
 * word is known. Counts each clue once however often it occurs. A help for a person who picks, not a
 * classifier: equal scores keep the order of the dictionary, so the answer is always the same.
 */
export function suggestTopics(model: TopicModel, text: string, limit = 3): TopicSuggestion[] {
  const written = new Map<string, string>();
  for (const token of tokenise(text)) {
    if (token.norm !== REFUSAL && !written.has(token.stem)) {
      written.set(token.stem, token.text);
    }
  }
  const scores = new Map<number, { score: number; stems: Set<string> }>();
  for (const stem of written.keys()) {
    for (const clue of model.clues.get(stem) ?? []) {
      if (clue.stems.every((stem) => written.has(stem))) {
        const entry = scores.get(clue.topic) ?? { score: 0, stems: new Set<string>() };
        entry.score += clue.weight;
        clue.stems.forEach((stem) => entry.stems.add(stem));
        scores.set(clue.topic, entry);
      }
    }
  }
  const ranked = [...scores].toSorted(([a, left], [b, right]) => right.score - left.score || a - b);
  const total = ranked.reduce((sum, [, { score }]) => sum + score, 0);
  return ranked.slice(0, limit).map(([index, { score, stems }]) => {
    const topic = must(model.topics[index], 'a topic of the model');
    const words = [...stems].map((stem) => must(written.get(stem), 'a word of the message'));
    return { topic: topic.name, group: topic.group, share: score / total, words };
  });
}
