import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import { isInForce, topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { agencySchema, existsAt, municipalitySchema, type Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { readReferenceRows } from '#server/sync/reference.ts';

/** The part of a region's reference rows that answers to partners need. */
export interface RegionFacts {
  readonly v: number;
  readonly topics: readonly Topic[];
  readonly municipalities: readonly Municipality[];
  readonly agencyNames: ReadonlyMap<string, string>;
  /** Names of the topics, of any time, that a service stands for. */
  readonly topicsOf: ReadonlyMap<string, readonly string[]>;
}

/** By region; facts of an older revision are read anew. */
export type RegionFactsCache = Map<string, RegionFacts>;

/** The service for those who cannot say what it is about; the centre sorts it. */
export const UNSORTED = 'unsorted';

/**
 * A topic's name is its key, but Russian; partners get a short code that stays the same as long as the name
 * does.
 */
export const serviceCode = (topic: string): string =>
  createHash('sha256').update(topic).digest('hex').slice(0, 12);

/** A topic's name without the registry's mark of the fast track. */
export const plainName = (topic: string): string => topic.replace(/^★\s*/, '');

async function readFacts(tx: ScopedTransaction, region: string, v: number): Promise<RegionFacts> {
  const rows = await readReferenceRows(tx, region);
  const of = <T>(kind: string, schema: z.ZodType<T>): T[] =>
    readableOf(
      schema,
      rows.filter((row) => row.kind === kind).map(({ row }) => row),
    );
  const topics = of('topic', topicSchema);
  const names = [...new Set(topics.map(({ name }) => name))];
  return {
    v,
    topics,
    municipalities: of('municipality', municipalitySchema),
    agencyNames: new Map(of('agency', agencySchema).map(({ id, name }) => [id, name])),
    topicsOf: Map.groupBy(names, serviceCode),
  };
}

/** The region's facts as they are now. */
export async function regionFacts(
  tx: ScopedTransaction,
  region: string,
  cache: RegionFactsCache,
): Promise<RegionFacts> {
  const { rows } = await sql<{ v: number }>`select coalesce(max(v), 0) as v from reference
    where region_id = ${region}`.execute(tx);
  const v = rows[0]?.v ?? 0;
  const cached = cache.get(region);
  if (cached?.v === v) return cached;
  const facts = await readFacts(tx, region, v);
  cache.set(region, facts);
  return facts;
}

/** The topic a service stands for now; null for {@link UNSORTED} and for one that is out of use. */
export function topicOfService(facts: RegionFacts, code: string, now: Instant): Topic | null {
  const names = facts.topicsOf.get(code) ?? [];
  return facts.topics.find((topic) => names.includes(topic.name) && isInForce(topic, now)) ?? null;
}

/** Municipalities that exist, in the directory's order. */
export const municipalitiesAt = (facts: RegionFacts, now: Instant): readonly Municipality[] =>
  facts.municipalities.filter((municipality) => existsAt(municipality, now));
