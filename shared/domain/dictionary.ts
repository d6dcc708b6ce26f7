import { z } from 'zod';
import { referenceName, validity } from './bounds.ts';
import type { Instant } from './instant.ts';
import { must } from './must.ts';

/** A topic of one version of the dictionary. Its name is its key: that is how the registry exchanges it. */
export const topicSchema = z.object({
  name: referenceName.min(1),
  group: referenceName.min(1),
  /** Marked «★» in the registry: handled on the fast track. */
  fastTrack: z.boolean().default(false),
  /** Usual gravity, 1 (a question) … 5 (danger to life); `null` where the source gave none. */
  severity: z.number().int().min(1).max(5).nullable().default(null),
  /** Came in with an import rather than with a dictionary. */
  seenInImport: z.boolean().optional(),
  /** In use from this moment; `null` means always. */
  validFrom: validity.nullable().default(null),
  /** Out of use from this moment; `null` means still in use. */
  validTo: validity.nullable().default(null),
});
/** See {@link topicSchema}. */
export type Topic = Readonly<z.infer<typeof topicSchema>>;

/**
 * A version as written by hand: group -> lines of `severity name`, with `-` where the severity is not known.
 */
export type DictionarySource = {
  readonly id: string;
  readonly validFrom: Instant | null;
  readonly validTo: Instant | null;
  readonly groups: Readonly<Record<string, string>>;
};

/** All versions together with the renames between them. Made by {@link buildDictionary}. */
export type Dictionary = {
  readonly topics: readonly Topic[];
  readonly byName: ReadonlyMap<string, readonly Topic[]>;
  readonly renames: ReadonlyMap<string, string>;
};

/**
 * Reads the lines of one version. Throws on a line that is not `severity name`: the data is ours, so it is a
 * bug.
 */
export function parseTopics(source: DictionarySource): Topic[] {
  return Object.entries(source.groups).flatMap(([group, lines]) =>
    lines.split('\n').map((line): Topic => {
      const match = must(/^([1-5-]) (\S.*)$/.exec(line), `severity and name in "${line}"`);
      const name = must(match[2], 'name');
      return {
        name,
        group,
        fastTrack: name.startsWith('★'),
        severity: match[1] === '-' ? null : Number(match[1]),
        validFrom: source.validFrom,
        validTo: source.validTo,
      };
    }),
  );
}

/** Reads `old → new` lines. */
export function parseRenames(lines: string): Map<string, string> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const [from, to] = line.split(' → ');
        return [must(from, 'old name'), must(to, `new name in "${line}"`)];
      }),
  );
}

/** Puts versions together for looking up. Topics keep the order given. */
export function buildDictionary(topics: readonly Topic[], renames: ReadonlyMap<string, string>): Dictionary {
  return { topics, byName: Map.groupBy(topics, (topic) => topic.name), renames };
}

/** Topics in force at a moment. */
export function topicsAt(dictionary: Dictionary, at: Instant): Topic[] {
  return dictionary.topics.filter((topic) => isInForce(topic, at));
}

/**
 * The topic of that name: the version in force at `at`, else any version that ever had it (imports are
 * sometimes classified with the neighbouring dictionary), else `null`.
 */
export function topicNamed(dictionary: Dictionary, name: string, at: Instant): Topic | null {
  const versions = dictionary.byName.get(name) ?? [];
  return versions.find((topic) => isInForce(topic, at)) ?? versions.at(-1) ?? null;
}

/** The group of a topic at a moment, or `null` for a name no version knows. */
export function groupOf(dictionary: Dictionary, name: string, at: Instant): string | null {
  return topicNamed(dictionary, name, at)?.group ?? null;
}

/**
 * Gives the topic's name at the moment `at`: itself where it is in force, its successor where it was renamed,
 * else `null` (dropped, or fell apart into several). Follows renames through several versions.
 */
export function renamedTo(dictionary: Dictionary, name: string, at: Instant): string | null {
  let current: string | undefined = name;
  const seen = new Set<string>();
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    if ((dictionary.byName.get(current) ?? []).some((topic) => isInForce(topic, at))) {
      return current;
    }
    current = dictionary.renames.get(current);
  }
  return null;
}

/** Tells whether a topic may be given at a moment. */
export function isInForce(topic: Pick<Topic, 'validFrom' | 'validTo'>, at: Instant): boolean {
  return (
    (topic.validFrom === null || topic.validFrom <= at) && (topic.validTo === null || at < topic.validTo)
  );
}
