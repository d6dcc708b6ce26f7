import { buildDictionary, parseRenames, parseTopics, type Dictionary } from '#shared/domain/dictionary.ts';
import { dictionary2022 } from './dictionary-2022.ts';
import { dictionary2024 } from './dictionary-2024.ts';
import { topicRenames } from './topic-renames.ts';

/** Renames that are known of the registry's dictionary, where the region itself says nothing. */
export const shippedRenames: ReadonlyMap<string, string> = parseRenames(topicRenames);

/** The registry's dictionary with both known versions: what a new region starts with. */
export const defaultDictionary: Dictionary = buildDictionary(
  [...parseTopics(dictionary2022), ...parseTopics(dictionary2024)],
  shippedRenames,
);
