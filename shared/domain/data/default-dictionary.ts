import { buildDictionary, readRenames, readTopics, type Dictionary } from '#shared/domain/dictionary.ts';
import { dictionary2022 } from './dictionary-2022.ts';
import { dictionary2024 } from './dictionary-2024.ts';
import { topicRenames } from './topic-renames.ts';

/** The registry's dictionary with both known versions: what a new region starts with. */
export const defaultDictionary: Dictionary = buildDictionary(
  [...readTopics(dictionary2022), ...readTopics(dictionary2024)],
  readRenames(topicRenames),
);
