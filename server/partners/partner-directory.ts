import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import { isInForce, topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { agencySchema, existsAt, municipalitySchema, type Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { regionMemory } from '#server/store/region-memory.ts';
import { readReferenceRows } from '#server/sync/reference.ts';

/** The part of a region's reference rows that answers to partners need. */
export interface PartnerDirectory {
  readonly v: number;
  readonly topics: readonly Topic[];
  readonly municipalities: readonly Municipality[];
  readonly agencyNames: ReadonlyMap<string, string>;
  /** Names of the topics, of any time, that a service stands for. */
  readonly topicsOf: ReadonlyMap<string, readonly string[]>;
}

/** A directory of an older revision is read anew. */
const directoriesOf = regionMemory<PartnerDirectory>();

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

async function readDirectory(tx: ScopedTransaction, region: string, v: number): Promise<PartnerDirectory> {
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

/** Reads the region's directory as it is now. */
export async function partnerDirectory(tx: ScopedTransaction, region: string): Promise<PartnerDirectory> {
  const { rows } = await sql<{ v: number }>`select coalesce(max(v), 0) as v from reference
    where region_id = ${region}`.execute(tx);
  const v = rows[0]?.v ?? 0;
  const known = directoriesOf(tx);
  const cached = known.get(region);
  if (cached?.v === v) return cached;
  const directory = await readDirectory(tx, region, v);
  known.set(region, directory);
  return directory;
}

/** The topic a service stands for now; null for {@link UNSORTED} and for one that is out of use. */
export function topicOfService(directory: PartnerDirectory, code: string, now: Instant): Topic | null {
  const names = directory.topicsOf.get(code) ?? [];
  return directory.topics.find((topic) => names.includes(topic.name) && isInForce(topic, now)) ?? null;
}

/** Municipalities that exist, in the directory's order. */
export const municipalitiesAt = (directory: PartnerDirectory, now: Instant): readonly Municipality[] =>
  directory.municipalities.filter((municipality) => existsAt(municipality, now));
