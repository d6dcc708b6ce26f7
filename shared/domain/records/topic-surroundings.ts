import { topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { rememberedLooks } from './looks.ts';

/** All that knows a topic by its name: incidents, closed ones too; routes and deadlines that are not over. */
export interface TopicUse {
  readonly incidents: number;
  readonly rules: number;
}

/** Everything that the judge of a topic may look at besides it. */
export interface TopicSurroundings {
  readonly topics: TopicShelf;
  /** Of those that are changed, by id; null on a console, which leaves this to the API. */
  readonly uses: ReadonlyMap<string, TopicUse> | null;
}

type ById = ReadonlyMap<string, Topic>;
const NONE: ById = new Map();

/** Topics by what they are asked for: a version of hundreds is judged against hundreds. */
export class TopicShelf {
  readonly #byId = new Map<string, Topic>();
  readonly #byName = new Map<string, Map<string, Topic>>();
  readonly #byLooks = new Map<string, Map<string, Topic>>();
  readonly #byShortLooks = new Map<string, Map<string, Topic>>();

  constructor(topics: Iterable<Topic>) {
    for (const topic of topics) this.put(topic);
  }

  /** Puts a topic in the place of the one with its id. */
  put(topic: Topic): void {
    const { id } = topic;
    if (id === undefined) return;
    const before = this.#byId.get(id);
    if (before !== undefined) for (const [shelf, key] of this.#placesOf(before)) shelf.get(key)?.delete(id);
    this.#byId.set(id, topic);
    for (const [shelf, key] of this.#placesOf(topic)) {
      const same = shelf.get(key) ?? new Map<string, Topic>();
      shelf.set(key, same.set(id, topic));
    }
  }

  copy(): TopicShelf {
    return new TopicShelf(this.#byId.values());
  }

  all(): Iterable<Topic> {
    return this.#byId.values();
  }

  get(id: string): Topic | undefined {
    return this.#byId.get(id);
  }

  named(name: string): readonly Topic[] {
    return [...(this.#byName.get(name) ?? NONE).values()];
  }

  /** Topics whose name, or short name, looks the same. */
  looking(field: 'name' | 'shortName', name: string): readonly Topic[] {
    const shelf = field === 'name' ? this.#byLooks : this.#byShortLooks;
    return [...(shelf.get(rememberedLooks(name)) ?? NONE).values()];
  }

  isInForceAt(at: Instant): boolean {
    for (const { validFrom, validTo } of this.#byId.values())
      if ((validFrom ?? -Infinity) <= at && at < (validTo ?? Infinity)) return true;
    return false;
  }

  #placesOf({ name, shortName }: Topic): readonly (readonly [Map<string, Map<string, Topic>>, string])[] {
    return [
      [this.#byName, name],
      [this.#byLooks, rememberedLooks(name)],
      ...(shortName === undefined ? [] : [[this.#byShortLooks, rememberedLooks(shortName)] as const]),
    ];
  }
}

/** Topics of their stored rows, which say their ids; those that cannot be read are left out. */
export const topicShelf = (rows: readonly unknown[]): TopicShelf =>
  new TopicShelf(readableOf(topicSchema, rows));
