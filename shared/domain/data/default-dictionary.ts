import { buildDictionary, parseRenames, parseTopics, type Dictionary } from '#shared/domain/dictionary.ts';
import { dictionary2022 } from './dictionary-2022.ts';
import { dictionary2024 } from './dictionary-2024.ts';
import { topicRenames } from './topic-renames.ts';

/** The registry's dictionary with both known versions: what a new region starts with. */
export const defaultDictionary: Dictionary = buildDictionary(
  [...parseTopics(dictionary2022), ...parseTopics(dictionary2024)],
  parseRenames(topicRenames),
);
