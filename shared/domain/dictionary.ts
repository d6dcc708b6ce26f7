import { z } from 'zod';
import { referenceName, validity } from './bounds.ts';
import type { Instant } from './instant.ts';
import { must } from './must.ts';

/** Names that a topic may have fallen apart into. */
const MOST_SUCCESSORS = 20;

/** A topic of one version of the dictionary. Its name is its key: that is how the registry exchanges it. */
export const topicSchema = z.object({
  /** Stored rows of dictionaries and files have none of their own: see `ownRow`. */
  id: z.string().min(1).max(3000).optional(),
  name: referenceName.min(1),
  group: referenceName.min(1),
  /** For lists with little room; at most `SHORT_NAME_LENGTH` letters. */
  shortName: referenceName.min(1).optional(),
  /** Marked «★» in the registry: handled on the fast track. */
  fastTrack: z.boolean().default(false),
  /** Usual gravity, 1 (a question) … 5 (danger to life); `null` where the source gave none. */
  severity: z.number().int().min(1).max(5).nullable().default(null),
  /** Came in with an import rather than with a dictionary. */
  seenInImport: z.boolean().optional(),
  /** Somebody confirmed it; of interest for one that came with an import. */
  verified: z.boolean().optional(),
  /**
   * Names of the topics that it became; none: nothing goes on with it. Left out: nobody has said, and what
   * the product knows of renames counts.
   */
  successors: z.array(referenceName.min(1)).max(MOST_SUCCESSORS).optional(),
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
  /** Names that a name became: as its last topic says, else as `renames` knows. */
  readonly became: ReadonlyMap<string, readonly string[]>;
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
  const byName = Map.groupBy(topics, (topic) => topic.name);
  const became = new Map([...renames].map(([from, to]): [string, readonly string[]] => [from, [to]]));
  for (const [name, same] of byName) {
    const said = lastOf(same)?.successors;
    if (said !== undefined) became.set(name, said);
  }
  return { topics, byName, renames, became };
}

/** The topic of one name that ends last. */
export const lastOf = <T extends Pick<Topic, 'validTo'>>(same: readonly T[]): T | undefined =>
  same.reduce<T | undefined>(
    (last, topic) => (last === undefined || endOf(topic) >= endOf(last) ? topic : last),
    undefined,
  );

const endOf = ({ validTo }: Pick<Topic, 'validTo'>): Instant => validTo ?? Infinity;

/** Topics in force at a moment. */
export function topicsAt(dictionary: Pick<Dictionary, 'topics'>, at: Instant): Topic[] {
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
    const next: readonly string[] = dictionary.became.get(current) ?? [];
    current = next.length === 1 ? next[0] : undefined;
  }
  return null;
}

/** True for a topic that an import made and that nobody has confirmed or joined to another yet. */
export const isUnsortedTopic = ({ seenInImport, verified, validTo }: Topic): boolean =>
  seenInImport === true && verified !== true && validTo === null;

/** Tells whether a topic may be given at a moment. */
export function isInForce(topic: Pick<Topic, 'validFrom' | 'validTo'>, at: Instant): boolean {
  return (
    (topic.validFrom === null || topic.validFrom <= at) && (topic.validTo === null || at < topic.validTo)
  );
}
